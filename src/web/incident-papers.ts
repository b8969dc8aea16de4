/** 初报, 续报, 终报, 核报 as a print view and for Word. What leaves is in the audit trail. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { papersDocx } from '../documents/paper-docx.ts';
import { papersPage } from '../documents/paper-page.ts';
import { reportPaper } from '../documents/report-paper.ts';
import { reportName } from '../duty/incident-names.ts';
import { INCIDENT_REFUSALS } from '../duty/incident-refusal.ts';
import { offsetAt } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import { refusals } from '../records/refusal.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import type { OfficeIndex } from './office-index.ts';
import { readReportAsked } from './paper-asked.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { DOCX, sendFile, sendPage } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface IncidentPapersDeps {
  readonly store: Pick<Store, 'incident' | 'roomView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly timeZone: string;
}

/** Of one address, as for other papers. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addIncidentPapers(app: FastifyInstance, deps: IncidentPapersDeps): void {
  const withVisitor = doorFor(deps.visitorOf);
  const { store, clock, timeZone } = deps;
  const audit = auditBy(deps);

  app.get('/api/papers/report', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readReportAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const incident = await store.incident(asked.incident, clock());
      const unit = incident === undefined ? null : await deps.offices.unitOfRoom(incident.room);
      const report = incident?.reports.find(({ id }) => id === asked.report);
      const room = incident === undefined ? undefined : await store.roomView(incident.room, clock());
      if (incident === undefined || report === undefined || room === undefined)
        return notFound(reply, visitor, asked.report);
      if (!may(visitor.scope, 'export', unit)) return notFound(reply, visitor, asked.report);
      if (incident.shut !== null) {
        await audit(visitor, 'print-refused', incident.id, { shut: 'yes' });
        return refuse(reply, 409, incident.record === null ? INCIDENT_REFUSALS.shut : refusals.shut);
      }
      // As it left, whatever was corrected since.
      const asItLeft = { ...incident, ...report.known, title: report.title };
      const paper = reportPaper(asItLeft, report, {
        ...{ unit: room.unit, room: room.name, offset: (at: number) => offsetAt(timeZone, at) },
      });
      await audit(visitor, 'report-printed', incident.id, { report: report.id, format: asked.format });
      if (asked.format === 'html') return sendPage(reply, papersPage([paper]));
      const name = `突发事件信息报告 ${reportName(report)}.docx`;
      return sendFile(reply, DOCX, name, Buffer.from(await papersDocx([paper])));
    }),
  );

  async function notFound(reply: FastifyReply, visitor: Visitor, asked: string): Promise<FastifyReply> {
    await audit(visitor, 'print-refused', null, { asked });
    return refuse(reply, 404, NOT_FOUND);
  }
}
