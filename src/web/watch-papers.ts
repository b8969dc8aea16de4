/** 检测记录 of a line and the result of a 抽查, as a print view and for Word. What leaves is in the audit trail. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { linePaper } from '../documents/line-paper.ts';
import { listDocx } from '../documents/list-docx.ts';
import type { ListPaper } from '../documents/list-paper.ts';
import { listPage } from '../documents/paper-page.ts';
import { spotCheckPaper } from '../documents/spot-check-paper.ts';
import type { Office } from '../duty/office.ts';
import { offsetAt } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import { type ListAsked, readListAsked } from './paper-asked.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { DOCX, sendFile, sendPage } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface WatchPapersDeps {
  readonly store: Pick<
    Store,
    'office' | 'lineWatch' | 'findingsOfLines' | 'probesOfLines' | 'probesOfRound' | 'askerOfRound'
  >;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly timeZone: string;
  readonly areaCode: string;
}

/** On the paper of a line. */
const MOST_FINDINGS = 300;
const MOST_PROBES = 50;
/** Of one address, as for other papers. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addWatchPapers(app: FastifyInstance, deps: WatchPapersDeps): void {
  const withVisitor = doorFor(deps.visitorOf);
  const { store, clock } = deps;
  const audit = auditBy(deps);
  const offset = (at: number): number => offsetAt(deps.timeZone, at);

  app.get('/api/papers/line', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readListAsked(request.query, 'line');
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const place = placesIn(await store.office()).find(({ line }) => line === asked.id);
      if (place === undefined || !may(visitor.scope, 'export', place.unitId))
        return notFound(reply, visitor, asked);
      const [[watch], findings, probes] = await Promise.all([
        store.lineWatch([place.line], clock()),
        store.findingsOfLines([place.line], MOST_FINDINGS),
        store.probesOfLines([place.line], MOST_PROBES + 1),
      ]);
      if (watch === undefined) return notFound(reply, visitor, asked);
      const isCut = probes.length > MOST_PROBES;
      const setting = { ...place, areaCode: deps.areaCode, now: clock(), offset, isCut };
      const paper = linePaper(watch, findings, probes.slice(0, MOST_PROBES), setting);
      await audit(visitor, 'line-checks-exported', place.line, { format: asked.format });
      return send(reply, asked.format, paper, `值班电话检测记录 ${place.number}.docx`);
    }),
  );

  app.get('/api/papers/round', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readListAsked(request.query, 'round');
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const { scope, account } = visitor;
      // A round belongs to whoever began it.
      const isOwn = (await store.askerOfRound(asked.id)) === account.id;
      if (!isOwn || !may(scope, 'export', scope.unit)) return notFound(reply, visitor, asked);
      const [office, probes] = await Promise.all([store.office(), store.probesOfRound(asked.id)]);
      const paper = spotCheckPaper(probes, {
        unit: office.units.find(({ id }) => id === scope.unit)?.name ?? '',
        by: probes[0]?.askedBy ?? '',
        offices: placesIn(office),
        ...{ areaCode: deps.areaCode, now: clock(), offset },
      });
      await audit(visitor, 'round-exported', asked.id, { format: asked.format, probes: probes.length });
      return send(reply, asked.format, paper, '值班电话抽查结果.docx');
    }),
  );

  async function notFound(reply: FastifyReply, visitor: Visitor, asked: ListAsked): Promise<FastifyReply> {
    await audit(visitor, 'print-refused', null, { asked: asked.id });
    return refuse(reply, 404, NOT_FOUND);
  }
}

interface Place {
  readonly line: string;
  readonly number: string;
  readonly room: string;
  readonly unit: string;
  readonly unitId: string;
}

/** Every line with its room and unit by name. */
function placesIn({ lines, rooms, units }: Office): readonly Place[] {
  return lines.flatMap((line) => {
    const room = rooms.find(({ id }) => id === line.room);
    const unit = units.find(({ id }) => id === room?.unit);
    return room === undefined || unit === undefined
      ? []
      : [{ line: line.id, number: line.number, room: room.name, unit: unit.name, unitId: unit.id }];
  });
}

async function send(
  reply: FastifyReply,
  format: ListAsked['format'],
  paper: ListPaper,
  name: string,
): Promise<FastifyReply> {
  return format === 'html'
    ? sendPage(reply, listPage(paper))
    : sendFile(reply, DOCX, name, Buffer.from(await listDocx(paper)));
}
