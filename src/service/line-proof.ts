/** 录音试听 for who may not hear: of the latest answered call of each line, what was measured on its sound. */
import type { SoundTrail } from '../calls/sound-trail.ts';
import type { OfficeLine } from '../duty/office.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import type { LineProof, ProofView, SoundProof } from '../web/protocol/setup-view.ts';

type ProofStore = Pick<Store, 'office' | 'soundTrails' | 'recordingsOfCall' | 'auditOf'>;

const A_DAY = 86_400_000;
/** Entries of the audit trail that say somebody heard a recording. */
const HEARD = new Set(['recording-heard', 'recording-replayed']);

export async function lineProofs(store: ProofStore, at: number): Promise<ProofView> {
  const { lines } = await store.office();
  const pbxs = [...new Set(lines.map((line) => line.pbx))];
  const trails = (
    await Promise.all(pbxs.map((pbx) => store.soundTrails(pbx, at - A_DAY, at + A_DAY)))
  ).flat();
  return { at, lines: await Promise.all(lines.map((line) => proofOf(line, trails, store))) };
}

async function proofOf(
  line: OfficeLine,
  trails: readonly SoundTrail[],
  store: ProofStore,
): Promise<LineProof> {
  const call = trails
    .filter((trail) => trail.line === line.id && (trail.talkSeconds > 0 || trail.endedAt === null))
    .reduce<SoundTrail | null>(
      (best, each) => (best === null || each.startedAt > best.startedAt ? each : best),
      null,
    );
  if (call === null) return { line: line.id, call: null, sound: null };
  const sounds = (await store.recordingsOfCall(call.call)).filter(({ part }) => part === 'talk');
  const sound = sounds.find(({ state }) => state === 'attached') ?? sounds.at(-1);
  return {
    line: line.id,
    call: {
      id: call.call,
      startedAt: call.startedAt - call.offsetMs,
      talkSeconds: call.talkSeconds,
      ended: call.endedAt !== null,
    },
    sound: sound === undefined ? null : await soundProof(sound, store),
  };
}

async function soundProof(row: RecordingRow, store: ProofStore): Promise<SoundProof> {
  const { judgement } = row;
  const heard = (await store.auditOf(row.id)).filter(({ kind }) => HEARD.has(kind)).map(({ at }) => at);
  return {
    state: row.state,
    seconds: row.seconds,
    bytes: row.bytes,
    sha256: row.sha256,
    sides:
      judgement?.measure?.sides.map(({ side, levelDbfs, activeSeconds }) => ({
        side,
        levelDbfs,
        activeSeconds,
      })) ?? null,
    defects: judgement?.defects ?? null,
    heardAt: heard.length === 0 ? null : Math.max(...heard),
  };
}
