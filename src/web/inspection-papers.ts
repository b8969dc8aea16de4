/** 检查记录表 as a print view, for Word and for Excel. What leaves is in the audit trail. */
import type { FastifyInstance } from 'fastify';
import { inspectionDocx } from '../documents/inspection-docx.ts';
import { inspectionPage } from '../documents/inspection-page.ts';
import { inspectionPaper } from '../documents/inspection-paper.ts';
import { inspectionSheet } from '../documents/inspection-sheet.ts';
import { formStream } from '../documents/workbook.ts';
import { offsetAt, wallTextIn } from '../duty/time-zone.ts';
import { auditBy } from './audit-line.ts';
import { readInspectionPaperAsked } from './bodies/inspection.ts';
import type { AtInspection, InspectionDeps, InspectionDesk } from './inspection-desk.ts';
import { BAD_REQUEST } from './refusals.ts';
import { DOCX, sendFile, sendPage, XLSX } from './send-file.ts';
import { refuse } from './send-sound.ts';
import { doorFor } from './with-visitor.ts';

/** Of one address, as for other papers. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addInspectionPapers(app: FastifyInstance, desk: InspectionDesk, deps: InspectionDeps): void {
  const { timeZone } = deps;
  const audit = auditBy(deps);
  const withVisitor = doorFor(deps.visitorOf);

  app.get('/api/papers/inspection', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readInspectionPaperAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      return desk.withInspection(visitor, reply, asked.inspection, async (at) => {
        const { inspection } = at;
        const paper = inspectionPaper(inspection, {
          unit: at.place.name,
          rooms: roomsOf(at),
          known: asked.annex ? await desk.knownOf(at) : null,
          offset: (moment) => offsetAt(timeZone, moment),
        });
        await audit(visitor, 'inspection-printed', inspection.id, { format: asked.format });
        const name = `检查记录表 ${at.place.name} ${wallTextIn(timeZone, inspection.inspectedAt).slice(0, 10)}.${asked.format}`;
        if (asked.format === 'html') return sendPage(reply, inspectionPage(paper));
        if (asked.format === 'docx')
          return sendFile(reply, DOCX, name, Buffer.from(await inspectionDocx(paper)));
        return sendFile(reply, XLSX, name, formStream(inspectionSheet(paper)));
      });
    }),
  );
}

/** By name; none where all rooms of the unit were inspected. */
function roomsOf({ place, inspection }: AtInspection): readonly string[] {
  const rooms = place.rooms.filter(({ id }) => inspection.rooms.includes(id));
  return rooms.length === place.rooms.length ? [] : rooms.map(({ name }) => name);
}
