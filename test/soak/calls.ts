import { BLOWS, type KillReport, killRound } from '../kills/kill-round.ts';
import { openKillScene } from '../kills/kill-scene.ts';
import { seeded } from '../support/seeded.ts';
import { keepProgress, type Run, resumed, runOf, writeSection } from './soak-report.ts';

/** A scene is built anew after so many blows, so that one slow decay cannot hide behind another. */
const ROUNDS_A_SCENE = 10;

/**
 * Strikes `rounds` times in each of the five ways, with at least twenty calls standing each time. Goes on where an
 * interrupted run of the same commit and seed stopped. Writes its section of `docs/soak.md`. Answers the exit code: 1 when anything
 * was lost.
 */
export async function soakCalls(seed: number, rounds: number): Promise<number> {
  const run = runOf(seed);
  const reports = [...resumed<KillReport>('calls', run)];
  const plan = Array.from({ length: rounds }, () => BLOWS).flat();
  while (reports.length < plan.length) {
    const scene = await openKillScene();
    try {
      for (let round = 0; round < ROUNDS_A_SCENE && reports.length < plan.length; round++) {
        const index = reports.length;
        const blow = plan[index] ?? 'service';
        const report = await killRound(scene, blow, seeded(seed * 100_000 + index), index + 1);
        reports.push(report);
        keepProgress('calls', run, reports);
        const lost = report.losses.length === 0 ? 'nothing lost' : report.losses.join('; ');
        process.stdout.write(`${index + 1}/${plan.length} ${blow}: ${report.owed} owed, ${lost}\n`);
      }
    } finally {
      await scene.close();
    }
  }
  writeSection('Calls', describe(run, reports));
  return reports.some(({ losses }) => losses.length > 0) ? 1 : 0;
}

function describe({ commit, seed }: Run, reports: readonly KillReport[]): string {
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const rows = BLOWS.map((blow) => {
    const ofBlow = reports.filter((report) => report.blow === blow);
    const losses = sum(ofBlow.map((report) => report.losses.length));
    const standing = Math.min(...ofBlow.map((report) => report.standing));
    return `| ${blow} | ${ofBlow.length} | ${standing} | ${sum(ofBlow.map((report) => report.owed))} | ${losses} |`;
  });
  return `\`npm run soak -- calls ${seed} ${reports.length / BLOWS.length}\` at commit ${commit}, seed ${seed}, real Asterisk 22.

| blow | rounds | fewest calls standing | calls owed a record | losses |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

A loss is: an owed call without a record, a call with two, a call that never ended, an inbound call without exactly one
draft, a call that died with the PBX whose record claims an end or who hung up, a whole one that ends otherwise than it did, an acknowledged text that is gone, or a gap that was not written down. Acknowledged texts checked in the last
round of a scene: ${Math.max(0, ...reports.map((report) => report.texts))}.

${reports.flatMap(({ losses, blow }, index) => losses.map((loss) => `- round ${index + 1} (${blow}): ${loss}`)).join('\n')}
`;
}
