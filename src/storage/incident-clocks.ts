/** The clocks of 突发事件 that still have to be kept. */
import type { Incident } from '../duty/incident.ts';
import { type Clock, matterOf, openClocks } from '../duty/incident-clock.ts';
import { clockName } from '../duty/incident-names.ts';
import type { RoomClock } from '../web/protocol/room-view.ts';
import { briefsOf, incidentOf, roomLimits } from './incident-reads.ts';
import type { ReadDeps } from './read.ts';

export interface RunningClocks {
  readonly incident: Incident;
  /** Null: it or its record is shut away, or erased. */
  readonly title: string | null;
  readonly clocks: readonly Clock[];
}

/** Every clock that still has to be kept, of one room or of all. */
export async function runningClocks(
  deps: ReadDeps,
  at: number,
  room?: string,
): Promise<readonly RunningClocks[]> {
  const rows = await deps.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('running', '=', 1)
    .$if(room !== undefined, (query) => query.where('room', '=', room ?? ''))
    .orderBy('opened_at')
    .execute();
  const incidents = rows.map(incidentOf);
  const titles = new Map((await briefsOf(deps, incidents, at)).map(({ id, title }) => [id, title]));
  return incidents.map((incident) => ({
    incident,
    title: titles.get(incident.id) ?? null,
    clocks: openClocks(incident, roomLimits(deps, incident.room), at),
  }));
}

/** As the pages of a room are told of them. */
export async function roomClocks(deps: ReadDeps, room: string, at: number): Promise<readonly RoomClock[]> {
  const running = await runningClocks(deps, at, room);
  return running.flatMap(({ incident: { id: incident, acknowledged }, title, clocks }) =>
    clocks.map(({ id: clock, what, dueAt }) => ({
      ...{ incident, title: title ?? '', clock, name: clockName(what), dueAt },
      heard: (['near', 'over'] as const).filter((alarm) => acknowledged[`${clock} ${alarm}`] !== undefined),
    })),
  );
}

/** As items that one shift hands to the next. */
export async function clockMatters(deps: ReadDeps, room: string, at: number): Promise<readonly string[]> {
  const running = await runningClocks(deps, at, room);
  return running.flatMap(({ incident, clocks }) => clocks.map((clock) => matterOf(incident, clock)));
}
