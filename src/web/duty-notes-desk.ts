/** 本班须知: read by whoever sees the room, edited by its officers and leaders, every version kept. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DutyNotes, FIRST_NOTES } from '../duty/duty-notes.ts';
import { dutyNow } from '../duty/duty-now.ts';
import type { Person } from '../duty/office.ts';
import { besideDuty, nextShift, type ShiftSpan } from '../duty/roster.ts';
import { reportsDue } from '../duty/roster-report.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import { parseDutyNotesBody, parsePrintedNotesBody } from './bodies/duty-notes.ts';
import { shownName, standingOf } from './me.ts';
import type { DutyNotesView, ShiftView } from './protocol/duty-notes-view.ts';
import { BAD_REQUEST } from './refusals.ts';
import { type InRoom, type RoomDoorDeps, roomDoor } from './room-door.ts';
import { refuse } from './send-sound.ts';

export interface DutyNotesDeps extends RoomDoorDeps {
  readonly store: Pick<Store, 'dutyNotes' | 'roomRoster' | 'rosterState' | 'seat' | 'person'>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly timeZone: string;
}

interface ByRoom {
  readonly Params: { readonly room: string };
}

const HISTORY = 50;
/** Twenty rows of five lines in UTF-8, and two texts. */
const LARGEST_BODY = 65_536;

export function addDutyNotesDesk(app: FastifyInstance, deps: DutyNotesDeps): void {
  const { store, clock } = deps;
  const audit = auditBy(deps);
  const { withRoom, toDo } = roomDoor(deps, 'duty-notes-refused');
  const withEditor = toDo('edit-duty-notes');

  app.get<ByRoom>('/api/duty-notes/:room', (request, reply) =>
    withRoom(request, reply, async (place) => {
      const { room } = place;
      const at = clock();
      const [[latest], roster, { rules, reports }] = await Promise.all([
        store.dutyNotes(room, 1),
        store.roomRoster(room),
        store.rosterState(room, { from: at, to: at }),
      ]);
      const { shifts, people } = roster;
      const now = dutyNow(roster, room, at);
      const { standby } = besideDuty(shifts, room, at);
      const next = nextShift(shifts, room, at);
      const view: DutyNotesView<DutyNotes> = {
        room,
        at,
        notes: forEyes(latest?.notes ?? FIRST_NOTES, place),
        shut: latest?.shut ?? {},
        version: latest?.version ?? 0,
        editedAt: latest?.at ?? null,
        editedBy: latest?.by ?? null,
        running: shiftView(now, { standby, names: now.names }, people),
        next: next === null ? null : shiftView(next, besideDuty(shifts, room, next.from ?? at), people),
        mayEdit: place.mayDo('edit-duty-notes'),
        reportsDue: reportsDue(rules.holidays, reports, at, deps.timeZone).map(
          ({ holiday, dueAt, state }) => ({ ...holiday, dueAt, state }),
        ),
      };
      return reply.send(view);
    }),
  );

  app.get<ByRoom>('/api/duty-notes/:room/history', (request, reply) =>
    withRoom(request, reply, async (place) => {
      const versions = await store.dutyNotes(place.room, HISTORY);
      return reply.send({
        versions: versions.map((one) => ({ ...one, notes: forEyes(one.notes, place) })),
      });
    }),
  );

  app.post<ByRoom>('/api/duty-notes/:room/printed', { preHandler: deps.refuseForeign }, (request, reply) =>
    withRoom(request, reply, async ({ visitor, room }) => {
      const body = parsePrintedNotesBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      await audit(visitor, 'duty-notes-printed', room, body);
      return reply.code(204).send();
    }),
  );

  app.post<ByRoom>(
    '/api/duty-notes/:room',
    { preHandler: deps.refuseForeign, bodyLimit: LARGEST_BODY },
    (request, reply) =>
      withEditor(request, reply, async ({ visitor, room }) => {
        const body = parseDutyNotesBody(request.body);
        if (body === null) return refuse(reply, 400, BAD_REQUEST);
        const { me } = await standingOf(store, visitor);
        const written = await deps.intake.work({
          type: 'duty-notes-edit',
          room,
          ...body,
          account: me.account,
          person: me.person?.id ?? null,
          name: shownName(me),
          at: clock(),
        });
        return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
      }),
  );
}

function forEyes(notes: DutyNotes, { mayDo }: InRoom): DutyNotes {
  return mayDo('see-superior-numbers') ? notes : { ...notes, superiors: [] };
}

function shiftView(
  { from, to, leaders, officers }: ShiftSpan,
  { standby, names }: ReturnType<typeof besideDuty>,
  people: readonly Person[],
): ShiftView {
  const known = new Map(people.map(({ id, name, title, phone }) => [id, { name, title, phone }]));
  const named = (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? []);
  return {
    ...{ from, to, names },
    ...{ leaders: named(leaders), officers: named(officers), standby: named(standby) },
  };
}
