/** Several forms at once on one service that is killed among their edits: restarts are slow, sockets are not. */
import { EDITS, type FormRun, runForm, type ServiceAmongEdits } from './form-chaos.ts';
import { type FormService, OFFICERS, PASSWORD } from './form-service.ts';
import { judge, readKept } from './judge.ts';
import { cookieOf } from './machine.ts';

export interface Judged {
  readonly seed: number;
  readonly breaches: readonly string[];
  readonly accepted: number;
  readonly conflicts: number;
  readonly happened: Readonly<Record<string, number>>;
}

export interface FormsRun {
  readonly kills: number;
  readonly forms: readonly Judged[];
}

/** Pages of one log-in; the service allows thirty sockets, and those of dead pages take a moment to go. */
const FORMS_A_LOGIN = 5;

/** A service starts in a second, or in ten on a busy machine: of all edits no more than this share fall into one restart. */
const MOST_EDITS_WHILE_DOWN = 0.05;

/** Runs the forms of these seeds together and kills the service `kills` times, evenly among all edits. */
export async function runForms(
  service: FormService,
  seeds: readonly number[],
  kills: number,
  edits = EDITS,
): Promise<FormsRun> {
  const all = seeds.length * edits;
  let edited = 0;
  let killed = 0;
  let editedAtKill = 0;
  let restart: Promise<void> | null = null;
  async function strikeAndStart(): Promise<void> {
    await service.kill9();
    await service.start();
    restart = null;
  }
  const among: ServiceAmongEdits = {
    async edited() {
      edited += 1;
      if (restart === null && killed < kills && edited >= ((killed + 1) * all) / (kills + 1)) {
        killed += 1;
        editedAtKill = edited;
        restart = strikeAndStart();
      }
      if (edited - editedAtKill > all * MOST_EDITS_WHILE_DOWN) await restart;
    },
    async standing() {
      await restart;
    },
  };
  const cookies = await logIns(service.base, Math.ceil(seeds.length / FORMS_A_LOGIN));
  const runs = await Promise.all(
    seeds.map((seed, index) =>
      runForm(seed, service.base, cookies[index % cookies.length] ?? [], among, edits),
    ),
  );
  await among.standing();
  try {
    const forms = await Promise.all(runs.map((run) => judged(run, service.database)));
    return { kills: killed, forms };
  } finally {
    for (const run of runs) run.close();
  }
}

async function judged(run: FormRun, database: string): Promise<Judged> {
  const { seed, wire, happened } = run;
  const breaches = judge(run, await readKept(database, run.record));
  return { seed, breaches, happened, accepted: wire.accepted.length, conflicts: wire.conflicts.size };
}

function logIns(base: string, groups: number): Promise<readonly (readonly string[])[]> {
  return Promise.all(
    Array.from({ length: groups }, () =>
      Promise.all(OFFICERS.map((login) => cookieOf(base, login, PASSWORD))),
    ),
  );
}
