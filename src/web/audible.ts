/** The gate before every byte of sound: logged in, of a unit that may be heard, not shut away; and refusals leave a fact. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { DigestCheck } from '../recordings/vault/checked-open.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import { type Audit, auditBy } from './audit-line.ts';
import type { OfficeIndex } from './office-index.ts';
import { NOT_FOUND, NOT_LOGGED_IN, RECORDING_SHUT } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface SoundGateDeps {
  readonly store: Pick<Store, 'recording' | 'shutOfCall'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
}

export interface SoundRequest {
  readonly Params: { readonly id: string };
}

export interface SoundGate {
  /** Runs `act` for who may hear the recording of that id, else answers. */
  withAudible(
    request: FastifyRequest<SoundRequest>,
    reply: FastifyReply,
    act: (visitor: Visitor, row: RecordingRow) => Promise<FastifyReply>,
  ): Promise<FastifyReply>;
  /** Writes a fact about a recording; rejects when it cannot be written, so that nothing leaves without one. */
  readonly audit: Audit;
  /** 校验一致 or not, told to every page when it is not what was told last. */
  noteCheck(row: RecordingRow, check: DigestCheck): Promise<void>;
  /** 涉密误录处置: asked again where time has passed since the request came. */
  isShut(row: RecordingRow): Promise<boolean>;
}

export function createSoundGate(deps: SoundGateDeps): SoundGate {
  async function audible(visitor: Visitor, id: string): Promise<RecordingRow | null> {
    const row = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await deps.store.recording(id) : undefined;
    if (row === undefined || row.room === null) return null;
    const unit = await deps.offices.unitOfRoom(row.room);
    return unit !== null && may(visitor.scope, 'hear', unit) ? row : null;
  }

  const isShut: SoundGate['isShut'] = async ({ call }) =>
    call !== null && (await deps.store.shutOfCall(call)) !== null;

  const audit = auditBy(deps);

  return {
    audit,
    isShut,
    async noteCheck(row, { state }) {
      if (state === 'unreadable' || state === row.checkState) return;
      const report = { type: 'recording-verified', recording: row.id, state, at: deps.clock() } as const;
      await deps.intake.work({ type: 'recording-report', report });
    },
    async withAudible(request, reply, act) {
      const visitor = await deps.visitorOf(request);
      if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
      const { id } = request.params;
      const row = await audible(visitor, id);
      if (row === null) {
        await audit(visitor, 'replay-refused', null, { asked: id.slice(0, 64) });
        return refuse(reply, 404, NOT_FOUND);
      }
      if (await isShut(row)) {
        await audit(visitor, 'replay-refused', row.id, { shut: 'yes' });
        return refuse(reply, 409, RECORDING_SHUT);
      }
      return act(visitor, row);
    },
  };
}
