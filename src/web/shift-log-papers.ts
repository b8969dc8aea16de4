/** 值班日志 as 附件1, to print and for Word. What leaves is in the audit trail. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { shiftLogDocx } from '../documents/shift-log-docx.ts';
import { shiftLogPage } from '../documents/shift-log-page.ts';
import { shiftLogPaper } from '../documents/shift-log-paper.ts';
import { offsetAt, wallTextIn } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import type { OfficeIndex } from './office-index.ts';
import { readShiftAsked } from './paper-asked.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { DOCX, sendFile, sendPage } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface ShiftLogPapersDeps {
  readonly store: Pick<Store, 'shiftLog' | 'roomView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly timeZone: string;
}

/** Of one address, as for other papers. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addShiftLogPapers(app: FastifyInstance, deps: ShiftLogPapersDeps): void {
  const { store, clock, timeZone } = deps;
  const audit = auditBy(deps);
  const withVisitor = doorFor(deps.visitorOf);

  app.get('/api/papers/shift-log', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readShiftAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const unit = await deps.offices.unitOfRoom(asked.room);
      if (unit === null || !may(visitor.scope, 'export', unit)) return notFound(reply, visitor, asked.room);
      const [log, room] = await Promise.all([
        store.shiftLog(asked.room, asked.from, clock()),
        store.roomView(asked.room, clock()),
      ]);
      if (log === undefined || room === undefined) return notFound(reply, visitor, asked.room);
      await audit(visitor, 'shift-log-exported', asked.room, {
        from: asked.from,
        format: asked.format,
        state: log.shift.state,
      });
      const paper = shiftLogPaper(log, { room, offset: (at) => offsetAt(timeZone, at) });
      if (asked.format === 'html') return sendPage(reply, shiftLogPage(paper));
      const day = wallTextIn(timeZone, asked.from).slice(0, 10);
      return sendFile(reply, DOCX, `值班日志 ${day}.docx`, Buffer.from(await shiftLogDocx(paper)));
    }),
  );

  async function notFound(reply: FastifyReply, visitor: Visitor, room: string): Promise<FastifyReply> {
    await audit(visitor, 'print-refused', null, { asked: room });
    return refuse(reply, 404, NOT_FOUND);
  }
}
