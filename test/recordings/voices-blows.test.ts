import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readWavHeader } from '../../src/recordings/wav-header.ts';
import { tone } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { startOffice } from '../bed/office.ts';
import { pause } from '../bed/scenarios/story.ts';
import { startService } from '../bed/service.ts';
import { HERTZ, listenTo, type Party, secondsOf } from '../bed/tones.ts';
import { recordedOffice } from './recorded-office.ts';

it('plays what was on disk when Asterisk is killed in talk, both sides of it, and says what is missing', async () => {
  const bed = await recordedOffice('ami');
  try {
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('answered');
    const talk = await bed.reported('recording-known', (known) => known.part === 'talk');
    await pause(5_000);
    const talked = call.sound().sent * 0.02;
    await bed.office.kill9();
    const arrived = bed.facts.find((fact) => fact.kind === 'call-arrived');
    if (arrived === undefined) throw new Error('no call');
    // No Hangup was sent; the service says so when it hears the PBX again.
    bed.recorder().observe('office', [
      {
        ...arrived,
        kind: 'call-lost-from-sight',
        reason: 'pbx-restarted',
        lastSeenAt: arrived.at,
        factKey: 'lost',
      },
    ]);
    const attached = await bed.reported('recording-attached', (done) => done.recording === talk.recording);
    expect(attached.repaired).toBe(true);
    // Asterisk writes in steps of 2.048 s: so much may be gone, and the length that is told tells it.
    expect(talked - attached.seconds).toBeGreaterThan(0);
    expect(talked - attached.seconds).toBeLessThan(2.048 + 0.3);
    for (const [ending, party] of [
      ['caller.wav', 'caller'],
      ['room.wav', '1001'],
    ] as const) {
      const side = await bed.library.find(talk.recording, ending);
      expect(side?.seconds).toBe(attached.seconds);
      const opened = side && (await bed.library.open(side.file));
      if (!opened) throw new Error(`no ${ending}`);
      const bytes = Buffer.concat(await opened.stream(0, opened.bytes - 1).toArray());
      expect(attached.seconds - secondsOf(heard(bytes), party)).toBeLessThan(0.1);
    }
  } finally {
    await bed.stop();
  }
});

it('loses nothing of a talk in which the service is killed and started again', async () => {
  const office = await startOffice();
  const service = await startService({ office, recording: 'ami' });
  try {
    await service.watching();
    // One call is known before the service dies, the other comes while nobody listens.
    const known = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await known.reached('answered');
    const from = known.sound().sent;
    await pause(1_000);
    await service.kill9();
    const outbound = await office.phones[1002].call(`9${OUTSIDE.mobile}`, { voice: tone(HERTZ[1002], 1) });
    await outbound.reached('answered');
    await service.start();
    await service.watching();
    await pause(1_500);
    const heardFrom = outbound.sound().sent;
    await pause(2_500);
    const talked = (known.sound().sent - from) * 0.02;
    const outboundTalked = (outbound.sound().sent - heardFrom) * 0.02;
    known.hangUp();
    outbound.hangUp();
    const voices = async (ending: string) => {
      const files = readdirSync(service.recordings, { recursive: true, encoding: 'utf8' });
      return files
        .filter((file) => file.endsWith(ending))
        .map((file) => heard(readFileSync(join(service.recordings, file))));
    };
    await expect
      .poll(async () => (await voices('.room.wav')).length, { timeout: 20_000, interval: 100 })
      .toBe(2);
    const secondsHeard = async (ending: string, party: 'caller' | '1001' | '1002') =>
      Math.max(...(await voices(ending)).map((voice) => secondsOf(voice, party)));
    expect(await secondsHeard('.caller.wav', 'caller')).toBeGreaterThanOrEqual(talked - 0.1);
    expect(await secondsHeard('.room.wav', '1001')).toBeGreaterThanOrEqual(talked - 0.1);
    // Each voice on its side and on no other, before the kill and after it.
    const astray = async (ending: string, parties: readonly Party[]) =>
      (await voices(ending)).flatMap((voice) => parties.filter((party) => secondsOf(voice, party) > 0));
    expect(await astray('.caller.wav', ['1001', '1002', '1003', '1004'])).toEqual([]);
    expect(await astray('.room.wav', ['caller', 'secondCaller', 'mobile'])).toEqual([]);
    // From the moment the service saw it: nobody was there to record it before.
    expect(await secondsHeard('.room.wav', '1002')).toBeGreaterThanOrEqual(outboundTalked - 0.1);
  } finally {
    await service.dispose();
    await office.stop();
  }
});

function heard(bytes: Buffer): ReturnType<typeof listenTo> {
  const header = readWavHeader(bytes, bytes.length);
  if (header.kind !== 'sound' || header.repair !== null) throw new Error('no whole sound');
  const samples = new Int16Array(header.dataBytes / 2);
  for (let at = 0; at < samples.length; at++) samples[at] = bytes.readInt16LE(header.dataOffset + at * 2);
  return listenTo(samples, header.sampleRate);
}
