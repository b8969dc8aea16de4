/**
 * Everything that can be wrong with a duty line, placed for real on Asterisk 22 and 16, in dialplans by hand and in those of
 * FreePBX 16 and 17: calls, settings, and probes over a carrier's Asterisk. And calls of every kind in which nothing is wrong.
 */
import { STAGES } from '../bed/scenarios/all-stories.ts';
import { pause, type Story } from '../bed/scenarios/story.ts';
import { ARRIVAL_CASES } from '../watch/arrival-cases.ts';
import { openArrivalScene } from '../watch/arrival-scene.ts';
import { cleanCalls } from '../watch/clean-calls.ts';
import { type Expected, liveCases } from '../watch/live-cases.ts';
import { settingCases } from '../watch/setting-cases.ts';
import { unlike } from '../watch/unlike.ts';
import { openWatchScene, type WatchScene } from '../watch/watch-scene.ts';
import { keepProgress, type Run, resumed, runOf, writeSection } from './soak-report.ts';

type Stage = (typeof STAGES)[number];

/** One thing that was placed, and what was told of it otherwise than it is. */
interface Placed {
  readonly stage: string;
  readonly table: 'call' | 'setting' | 'probe';
  readonly what: string;
  readonly isClean: boolean;
  readonly wrong: readonly string[];
}

/** So many offices of a stage stand side by side, and all stages too: a call is mostly waiting. */
const OFFICES = 2;
const AUDIT_PATIENCE_MS = 120_000;
/** A take in which a telephone of the bed did not do as the story says, on a busy machine, is placed again. */
const TAKES = 3;

/**
 * Places each faulty case so often, and each clean kind of call; goes on where an interrupted run of the same commit stopped.
 * Writes its section of `docs/soak.md`; answers the exit code: 1 when anything was told otherwise than it is.
 */
export async function soakWatch(faulty: number, clean: number): Promise<number> {
  const run = runOf(0);
  const placed = [...resumed<Placed>('watch', run)];
  const keep = (one: Placed) => {
    placed.push(told(one));
    keepProgress('watch', run, placed);
  };
  const running = { faulty, clean, placed, keep };
  await Promise.all([...STAGES.map((stage) => placeCalls(stage, running)), placeWithoutCallers(running)]);
  writeSection('Watch', describe(run, placed, faulty, clean));
  return placed.some((one) => !isRight(one)) ? 1 : 0;
}

/** What stands in the settings, then what only a probe finds. */
async function placeWithoutCallers(running: Running): Promise<void> {
  const { placed, keep } = running;
  for (const stage of STAGES) {
    const isPlaced = placed.some((one) => one.table === 'setting' && one.stage === nameOf(stage));
    if (!isPlaced) for (const one of await placeSettings(stage)) keep(one);
  }
  await Promise.all(([22, 16] as const).map((version) => placeProbes(version, running)));
}

let opening: Promise<unknown> = Promise.resolve();

/** One office after the other: a dozen PBXs and services that start at once keep each other from starting. */
function inTurn<Scene>(open: () => Promise<Scene>): Promise<Scene> {
  const opened = opening.then(open, open);
  opening = opened;
  return opened;
}

interface Running {
  readonly faulty: number;
  readonly clean: number;
  readonly placed: readonly Placed[];
  readonly keep: (one: Placed) => void;
}

function nameOf({ version, dialplan }: Stage): string {
  return `${version} ${dialplan}`;
}

function describe({ commit }: Run, placed: readonly Placed[], faulty: number, clean: number): string {
  const cell = (of: readonly Placed[]) =>
    of.length === 0 ? '' : `${of.filter(isRight).length} of ${of.length}`;
  const stages = [...new Set(placed.map(({ stage }) => stage))];
  const bad = placed.filter(({ isClean }) => !isClean);
  const kinds = [...Map.groupBy(bad, ({ table, what }) => `${table}: ${what}`)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const rows = kinds.map(
    ([what, of]) =>
      `| ${what} | ${stages.map((name) => cell(of.filter(({ stage }) => stage === name))).join(' | ')} |`,
  );
  const clear = stages.map((name) => cell(placed.filter(({ stage, isClean }) => isClean && stage === name)));
  const ofCalls = placed.filter(({ table, isClean }) => isClean && table === 'call');
  const cleanKinds = new Set(ofCalls.map(({ what }) => what));
  const wrong = placed.filter((one) => !isRight(one));
  return `\`npm run soak -- watch ${faulty} ${clean}\` at commit ${commit}, no chance in it: ${placed.length} calls, settings and probes on real
Asterisk 22 and 16, each through the whole service, compared with what must be found: kind, scope, target and evidence of
each finding, and no other finding. **${wrong.length} told otherwise.** A \`call\` is found while it stands, a \`setting\` by the settings watch, a
\`probe\` by the probe and its arrival check; each kind of clean call was placed ${clean} times (${cleanKinds.size} kinds), each fault and
each clean probe ${faulty} times, each setting once.

| what | ${stages.join(' | ')} |
| --- |${stages.map(() => ' --- |').join('')}
${rows.join('\n')}
| clean, nothing found | ${clear.join(' | ')} |

${wrong.map(({ stage, table, what, wrong: told }) => `- ${stage}, ${table}: ${what}: ${told.join('; ')}`).join('\n')}`;
}

function isRight({ wrong }: Placed): boolean {
  return wrong.length === 0;
}

async function placeCalls(stage: Stage, { faulty, clean, placed, keep }: Running): Promise<void> {
  const { version, dialplan } = stage;
  const left = (what: string, count: number) =>
    count -
    placed.filter((one) => one.table === 'call' && one.stage === nameOf(stage) && one.what === what).length;
  const isClean = (story: Story) => ({ row: story.name, story, expected: [] as readonly Expected[] });
  const queue = [
    ...liveCases(version, dialplan).map((one) => ({ ...one, count: left(one.row, faulty) })),
    ...cleanCalls(version, dialplan).map((story) => ({ ...isClean(story), count: left(story.name, clean) })),
  ].flatMap(({ count, ...one }) => Array.from({ length: Math.max(0, count) }, () => one));
  if (queue.length === 0) return;
  const scenes = await Promise.all(
    Array.from({ length: OFFICES }, () => inTurn(() => openWatchScene({ version, dialplan }))),
  );
  const work = async (scene: WatchScene) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { row, story, expected } = next;
      const wrong = await placedTruly(
        () => scene.found(story),
        (found) => unlike(found, expected),
      );
      keep({ stage: nameOf(stage), table: 'call', what: row, isClean: expected.length === 0, wrong });
    }
  };
  try {
    await Promise.all(scenes.map(work));
  } finally {
    await Promise.all(scenes.map((scene) => scene.close()));
  }
}

/** What was told otherwise in the first take that went as its story says. */
async function placedTruly<Found>(
  place: () => Promise<Found>,
  judge: (found: Found) => readonly string[],
): Promise<readonly string[]> {
  let failure = '';
  for (let take = 0; take < TAKES; take += 1) {
    try {
      return judge(await place());
    } catch (error) {
      failure = String(error);
      process.stdout.write(`placed again: ${failure}\n`);
    }
  }
  return [failure];
}

/** The PBX is looked at as it was set up, and once more with the forwards of AstDB. */
async function placeSettings(stage: Stage): Promise<readonly Placed[]> {
  const { version, dialplan } = stage;
  const cases = settingCases(dialplan);
  const moreLines = cases.map(({ name, did, phones }) => ({
    ...{ id: name, did },
    ...(phones === undefined ? {} : { phones }),
  }));
  const scene = await inTurn(() =>
    openWatchScene({ version, dialplan, sound: false }, { dids: ['09542039998'], moreLines }),
  );
  const audits = () => scene.service.output().split('"settings-audit"').length - 1;
  const audited = async (count: number) => {
    const deadline = performance.now() + AUDIT_PATIENCE_MS;
    while (audits() < count) {
      if (performance.now() > deadline) throw new Error('the settings were not read');
      await pause(100);
    }
  };
  try {
    const placed: Placed[] = [];
    const judge = (of: typeof cases, turn: number) => {
      const noticed = scene.noticed(turn);
      for (const { name, expected } of of) {
        const wrong = unlike(
          noticed.filter((one) => one.line === name),
          expected,
        );
        const isClean = expected.length === 0;
        placed.push({ stage: nameOf(stage), table: 'setting', what: name, isClean, wrong });
      }
    };
    await audited(cases.length + 1);
    await pause(500);
    judge(
      cases.filter(({ database }) => database === undefined),
      0,
    );
    const turn = scene.noticed().length;
    await scene.service.stop();
    for (const { database = {} } of cases)
      for (const [key, value] of Object.entries(database)) {
        const slash = key.indexOf('/');
        await scene.office.setDb(key.slice(0, slash), key.slice(slash + 1), value);
      }
    await scene.service.start();
    await audited(2 * (cases.length + 1));
    await pause(500);
    judge(
      cases.filter(({ database }) => database !== undefined),
      turn,
    );
    return placed;
  } finally {
    await scene.close();
  }
}

async function placeProbes(version: 22 | 16, { faulty, placed, keep }: Running): Promise<void> {
  const stage = nameOf({ version, dialplan: 'plain' });
  const count = (what: string) =>
    placed.filter((one) => one.table === 'probe' && one.stage === stage && one.what === what).length;
  const scene = await inTurn(() => openArrivalScene(version));
  try {
    for (let time = 0; time < faulty; time += 1)
      for (const one of ARRIVAL_CASES.filter(({ what }) => count(what) <= time)) {
        const { what, expected } = one;
        const wrong = await placedTruly(
          () => scene.probed(one),
          ({ found }) => unlike(found, expected),
        );
        keep({ stage, table: 'probe', what, isClean: expected.length === 0, wrong });
      }
  } finally {
    await scene.close();
  }
}

function told(placed: Placed): Placed {
  const { stage, table, what, wrong } = placed;
  process.stdout.write(`${stage} ${table} ${what}: ${wrong.join('; ') || 'right'}\n`);
  return placed;
}
