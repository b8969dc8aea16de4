import { faultsOf, measureCalls } from '../recordings/measured-calls.ts';
import { recordedOffice } from '../recordings/recorded-office.ts';
import { LONG_CALLS } from '../recordings/spoken-calls.ts';
import { runOf, writeSection } from './soak-report.ts';
import { soakSoundKills } from './sound-kills.ts';

/** Kills, then long calls. No minutes: no long calls. Answers the exit code: 1 when anything is lost. */
export async function soakRecordings(seed: number, kills: number, minutes: number): Promise<number> {
  const lost = kills > 0 ? await soakSoundKills(seed, kills) : 0;
  const faults = minutes > 0 ? await soakLongCalls(seed, minutes) : 0;
  return lost + faults === 0 ? 0 : 1;
}

/**
 * Holds four long calls side by side in each way of recording (each so many minutes; two of them are transferred in the middle,
 * one is held) and goes through their recordings by windows of 20 ms. Prints a line for each call.
 * Answers in how many of them a second is missing, or a voice is on the wrong side.
 */
async function soakLongCalls(seed: number, minutes: number): Promise<number> {
  const offices = await Promise.all([
    recordedOffice('ami', { fallingSequences: true }),
    recordedOffice('snippet', { dialplan: 'freepbx17', fallingSequences: true }, true),
  ]);
  try {
    const measured = await Promise.all(
      offices.map((bed) => measureCalls(bed, [LONG_CALLS], minutes * 60_000)),
    );
    const calls = measured.flatMap((one) => [...one.values()]);
    for (const call of calls) process.stdout.write(`${JSON.stringify(call)}\n`);
    const faulty = calls.filter((call) => faultsOf(call).length > 0);
    const { commit } = runOf(seed);
    writeSection(
      'Recordings: long calls',
      `\`npm run soak -- recordings ${seed} 0 ${minutes}\` at commit ${commit}, real Asterisk 22: ${calls.length} calls of ${minutes} minutes of talk
each, by AMI and by the include file, every window of 20 ms of both sides looked at. **${faulty.length} with a second missing or a voice on
the wrong side.**

${faulty.map((call) => `- ${JSON.stringify(call)}`).join('\n')}`,
    );
    return faulty.length;
  } finally {
    await Promise.all(offices.map((bed) => bed.stop()));
  }
}
