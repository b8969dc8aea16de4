import { expect, it } from 'vitest';
import { coverageOf, keptVoices } from './coverage.ts';
import { recordedOffice } from './recorded-office.ts';
import { AFTERWARDS, giveVoices, MANNERS, TOGETHER } from './spoken-calls.ts';

it('x', async () => {
  const mode = (process.env.VMODE ?? 'ami') as 'ami';
  const version = (Number(process.env.V ?? 22)) as 22;
  const dialplan = (process.env.DP ?? 'plain') as 'plain';
  const bed = await recordedOffice(mode, { version, dialplan, fallingSequences: process.env.SEQ !== undefined }, process.env.HAND === '1');
  try {
  const plan = { talkMs: 2500, parking: dialplan === 'plain' ? { extension: '700', space: '701' } : { extension: '70', space: '71' } };
  if (mode === ('pbx' as string)) for (const [f, k] of [['AMPUSER','1001/recording/in/external'],['AMPUSER','1002/recording/in/external'],['AMPUSER','1003/recording/in/external'],['AMPUSER','1002/recording/in/internal'],['AMPUSER','1001/recording/out/external'],['RINGGROUP','600/recording'],['QPENALTY','500/recording']] as const) await bed.office.setDb(f, k, 'force');
  giveVoices(bed.office, MANNERS);
  const calls = [];
  for (const wave of [TOGETHER, ...AFTERWARDS]) {
    for (const r of await Promise.allSettled(wave.map((play) => play(bed.office, plan)))) {
      if (r.status === 'fulfilled') calls.push(r.value); else console.log(String(r.reason));
    }
  }
  await new Promise((r) => setTimeout(r, 1500));
  await bed.recorder().idle();
  for (const call of calls) {
    try { console.log(JSON.stringify(coverageOf(call, await keptVoices(bed, call)))); } catch (e) { console.log(call.name, String(e)); }
  }
  console.log(bed.troubles, bed.reports.filter(r => r.type === 'recording-known').map(r => [r.part, r.mode, r.pbxPath.slice(-40)].join(' ')).join('\n'));
  } finally { await bed.stop(); }
  expect(1).toBe(1);
});
