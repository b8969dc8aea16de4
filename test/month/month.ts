/** The whole month played once, with everything that is looked at on the way. */
import type { HandOver } from '../../src/duty/hand-over.ts';
import type { Clock } from '../../src/duty/incident-clock.ts';
import { MINUTE } from './calendar.ts';
import { ROOM } from './office.ts';
import type { Plan } from './plan.ts';
import { INCIDENTS } from './planned-incidents.ts';
import type { PlannedHandOver } from './planned-turns.ts';
import { type Act, beginning, openStage, play, type Stage, theTelephone } from './play.ts';
import { theFindings, theHandOvers, theLogs, theTasks } from './play-duty.ts';
import { theAssignments, theForms } from './play-forms.ts';
import { theIncidents } from './play-incidents.ts';
import { theInspections } from './play-inspections.ts';
import { theRoster } from './play-roster.ts';
import { startWebSide, type WebSide } from './web-side.ts';

export interface Played {
  readonly stage: Stage;
  readonly web: WebSide;
  readonly clocks: { readonly id: string; readonly now: number; readonly clocks: readonly Clock[] }[];
  readonly handOvers: Map<string, HandOver>;
}

/** `stops`: what is looked at on the way; the last of them is the end. */
export async function playMonth(plan: Plan, database: string, stops: readonly Stop[]): Promise<Played> {
  const stage = await openStage(plan, database);
  const web = await startWebSide(stage);
  const seen: Played = { stage, web, clocks: [], handOvers: new Map() };
  const end = Math.max(...stops.map(({ at }) => at));
  const acts = [
    ...[...beginning(stage), ...theRoster(stage), ...theTelephone(stage), ...theForms(stage)],
    ...[...theIncidents(stage, ({ id }) => lookAtClocks(seen, id)), ...looksAtClocks(seen)],
    ...[
      ...theFindings(stage),
      ...theTasks(stage),
      ...theHandOvers(stage, (one) => lookAtHandOver(seen, one)),
    ],
    ...[...theLogs(stage), ...theAssignments(stage), ...theInspections(web)],
    ...stops.map(({ at, look }): Act => ({ at, act: async () => stage.flush().then(() => look(seen)) })),
  ];
  await play(
    stage,
    acts.filter(({ at }) => at <= end),
  );
  return seen;
}

export interface Stop {
  readonly at: number;
  readonly look: (seen: Played) => Promise<void>;
}

export async function lookAtClocks({ stage, clocks }: Played, id: string): Promise<void> {
  await stage.flush();
  const view = await stage.store.incident(id, stage.now);
  clocks.push({ id, now: stage.now, clocks: view?.clocks ?? [] });
}

function looksAtClocks(seen: Played): readonly Act[] {
  return INCIDENTS.flatMap(({ id, receivedAt, openedAt }) =>
    [1, 12, 19, 21, 27, 29, 31, 45, 51, 58, 61, 119, 200]
      .map((minutes) => receivedAt + minutes * MINUTE + 30_000)
      .filter((at) => at > openedAt)
      .map((at) => ({ at, act: () => lookAtClocks(seen, id) })),
  );
}

async function lookAtHandOver({ stage, handOvers }: Played, { id }: PlannedHandOver): Promise<void> {
  await stage.flush();
  const { past } = await stage.store.handOverState(ROOM, stage.now);
  const closed = past.find(({ handOver }) => handOver.id === id)?.handOver;
  if (closed !== undefined) handOvers.set(id, closed);
}

export async function ended({ web, stage }: Played): Promise<void> {
  await web.close();
  await stage.close();
}
