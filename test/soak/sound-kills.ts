/**
 * `kill -9` of the service at random places and at random moments while it looks after sound (`test/service/kills`). A round
 * is one scene that is struck one to three times in a row and then left in peace; it must end with everything, once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULT_POINTS } from '../service/kills/fault-points.ts';
import { type KillOrder, killVictim } from '../service/kills/kill-victim.ts';
import { runSound } from '../service/kills/run-sound.ts';
import { copyScene, faultsIn, makeScene } from '../service/kills/sound-scene.ts';
import { type Chance, seeded } from '../support/seeded.ts';
import { keepProgress, resumed, runOf, writeSection } from './soak-report.ts';

interface Round {
  /** Where each kill struck: a place, or ms after the start. Empty: all was done before any of them. */
  readonly kills: readonly string[];
  readonly faults: readonly string[];
}

const MOST_KILLS_A_SCENE = 3;
/** A run without a kill is over by then on an idle machine. */
const LONGEST_MS = 2_500;

/** Strikes until `kills` have struck; answers how many rounds ended with a fault. */
export async function soakSoundKills(seed: number, kills: number): Promise<number> {
  const run = runOf(seed);
  const rounds = [...resumed<Round>('sound-kills', run)];
  const struck = () => rounds.reduce((sum, round) => sum + round.kills.length, 0);
  const root = mkdtempSync(join(tmpdir(), 'dutyline-soak-sound-'));
  try {
    const scene = join(root, 'scene');
    await makeScene(scene);
    while (struck() < kills) {
      const round = await playRound(scene, join(root, `round-${rounds.length}`), kills - struck(), {
        ...run,
        index: rounds.length,
      });
      rounds.push(round);
      keepProgress('sound-kills', run, rounds);
      const outcome = round.faults.length === 0 ? 'everything, once' : round.faults.join('; ');
      process.stdout.write(`${struck()}/${kills} killed at ${round.kills.join(', ')}: ${outcome}\n`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  writeSection('Recordings: kills', describe(`${kills}`, run, rounds));
  return rounds.filter(({ faults }) => faults.length > 0).length;
}

async function playRound(
  scene: string,
  folder: string,
  most: number,
  { seed, index }: { readonly seed: number; readonly index: number },
): Promise<Round> {
  const chance = seeded(`sound ${seed} ${index}`);
  copyScene(scene, folder);
  const kills: string[] = [];
  for (let left = Math.min(most, chance.between(1, MOST_KILLS_A_SCENE)); left > 0; left -= 1) {
    const order = orderOf(chance);
    if (await killVictim(folder, order)) kills.push('at' in order ? order.at : `${order.afterMs} ms`);
  }
  await runSound(folder, () => undefined);
  const faults = await faultsIn(folder);
  rmSync(folder, { recursive: true, force: true });
  return { kills, faults };
}

function orderOf(chance: Chance): KillOrder {
  if (chance.below(2) === 0) return { afterMs: chance.between(100, LONGEST_MS) };
  return { at: FAULT_POINTS[chance.below(FAULT_POINTS.length)] ?? 'begun' };
}

function describe(
  kills: string,
  { commit, seed }: ReturnType<typeof runOf>,
  rounds: readonly Round[],
): string {
  const struck = rounds.flatMap((round) => round.kills);
  const places = FAULT_POINTS.map(
    (point) => `| ${point} | ${struck.filter((kill) => kill === point).length} |`,
  );
  const atRandom = struck.filter((kill) => kill.endsWith(' ms')).length;
  const faulty = rounds.filter(({ faults }) => faults.length > 0);
  return `\`npm run soak -- recordings ${seed} ${kills}\` at commit ${commit}, seed ${seed}: ${struck.length} kills in ${rounds.length} rounds,
**${faulty.length} rounds with a loss**. A round is a talk recorded by order, a destroyed call, and a gap with two calls in the
PBX's history; it is struck up to ${MOST_KILLS_A_SCENE} times, then left in peace. A loss is: a file not taken over, judged and copied exactly
once, a side or a call that is missing or there twice, sound of a destroyed call that is left, work that is left or given up.

| killed at | times |
| --- | --- |
${places.join('\n')}
| any moment (0.1 to ${LONGEST_MS / 1_000} s after the start) | ${atRandom} |

${faulty.map((round) => `- killed at ${round.kills.join(', ')}: ${round.faults.join('; ')}`).join('\n')}`;
}
