import { measureCalls } from '../recordings/measured-calls.ts';
import { recordedOffice } from '../recordings/recorded-office.ts';
import { LONG_CALLS } from '../recordings/spoken-calls.ts';

/** What may be missing of a whole call, and how far its sides may be apart, seconds: as in `npm test`, however long it lasts. */
const MOST = { missing: 0.1, apart: 0.2 };

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
    const whole = calls.every(
      ({ missing, misplaced, apart }) =>
        missing <= MOST.missing && misplaced === 0 && apart <= MOST.apart,
    );
    return whole ? 0 : 1;
  } finally {
    await Promise.all(offices.map((bed) => bed.stop()));
  }
}
