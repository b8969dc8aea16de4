import { faultsOf, measureCalls } from '../recordings/measured-calls.ts';
import { recordedOffice } from '../recordings/recorded-office.ts';
import { LONG_CALLS } from '../recordings/spoken-calls.ts';

/**
 * Holds four long calls side by side in each way of recording (each talk so many minutes; two of the calls are transferred in
 * the middle, and last twice as long) and goes through their recordings by windows of 20 ms. Prints a line for each call.
 * Answers the exit code: 1 when a second is missing, or a voice is on the wrong side.
 */
export async function soakRecordings(minutes: number): Promise<number> {
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
    return calls.every((call) => faultsOf(call).length === 0) ? 0 : 1;
  } finally {
    await Promise.all(offices.map((bed) => bed.stop()));
  }
}
