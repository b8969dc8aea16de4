/**
 * Twelve far ends on a real Asterisk in the place of the carrier, called by the office's own: how each call ended, what was
 * heard, and its sound. On 22 and 16.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PbxConfig, ProbeConfig } from '../../src/config/config.ts';
import { createSecret } from '../../src/config/secret.ts';
import type { EarVerdict } from '../../src/diagnosis/hearing.ts';
import type { Found, Probe } from '../../src/diagnosis/probe.ts';
import type { NotKnown } from '../../src/diagnosis/verdict.ts';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { probeAlone } from '../../src/service/lone-probe.ts';
import { FAR_END, type FarEnd } from '../bed/far-ends.ts';
import { tone } from '../bed/g711.ts';
import type { AccountName } from '../bed/manager-conf.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { pause } from '../bed/scenarios/story.ts';
import { peakOf } from '../bed/tones.ts';
import { wavFile } from '../bed/wav-file.ts';

const RING_MS = 14_000;
const TRUNK = { pbx: 'main', trunk: 'PJSIP/out1', shows: ['09542039001'], prefix: '' };
const RULES: ProbeConfig = {
  plan: { timeZone: 'Asia/Shanghai', mostADay: 8, quiet: [], beforeShiftMs: null, offPeak: [] },
  ...{ trunks: [TRUNK], ringMs: RING_MS, noAnswerMs: 40_000, notice: null },
};

describe.each([22, 16] as const)('twelve far ends on Asterisk %i', (version) => {
  let office: Office;
  let folder: string;
  let library: RecordingLibrary;
  const made = new Map<FarEnd, { readonly probe: Probe; readonly peaks: readonly number[] }>();

  beforeAll(async () => {
    office = await startOffice({ version, carrier: true });
    folder = mkdtempSync(join(tmpdir(), 'dutyline-far-ends-'));
    library = createRecordingLibrary(join(folder, 'sound'));
    const sounds = join(office.pbx.folders.root, 'sounds');
    writeFileSync(join(sounds, 'notice.wav'), wavFile(tone(1_000, 6)));
    const rules = { ...RULES, notice: join(sounds, 'notice') };
    const names = Object.keys(FAR_END) as FarEnd[];
    await Promise.all(
      names.map(async (name, nth) => {
        // Two log-ins each: not all at the same moment.
        await pause(nth * 250);
        const done = await probeAlone(FAR_END[name], {
          ...{ pbx: pbxOf(office), rules, trunk: TRUNK, library },
          place: localPlace({ onPbx: office.recordings, here: office.recordings }),
          tell: () => undefined,
          log: () => undefined,
        });
        if (!done.ok) throw new Error(done.trouble.en);
        made.set(name, done);
      }),
    );
  }, 120_000);
  afterAll(async () => {
    await office.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const of = (name: FarEnd): Probe => {
    const probe = made.get(name)?.probe;
    if (probe === undefined) throw new Error(`no probe of ${name}`);
    return probe;
  };

  it.each<[FarEnd, string, readonly boolean[], number | null]>([
    // ending, rang and sounded, seconds of sound at least
    ['only180', 'timed-out', [true, false], null],
    ['standard', 'timed-out', [false, true], 13],
    ['music', 'timed-out', [false, true], 13],
    ['jingleThenRingback', 'timed-out', [false, true], 13],
    ['speechThenRingback', 'timed-out', [false, true], 13],
    ['cadenceRestarts', 'timed-out', [false, true], 12],
    ['ringsThenSounds', 'timed-out', [true, true], 9],
    ['busy', 'busy', [false, false], null],
    ['unallocated', 'rejected', [false, false], null],
    ['poweredOff', 'rejected', [false, true], 7],
    ['answeredThenRingback', 'answered', [false, false], 5],
  ])('%s: %s', (name, ending, [rang, sounded], seconds) => {
    const { end, rangAt, soundedAt, soundSeconds } = of(name);
    expect(end).toMatchObject({ ending });
    expect([rangAt !== null, soundedAt !== null]).toEqual([rang, sounded]);
    if (seconds === null) expect(soundSeconds).toBeNull();
    else expect(soundSeconds).toBeGreaterThan(seconds);
  });

  it.each<[FarEnd, EarVerdict | null, Found, NotKnown | null]>([
    // what the ear says, 彩铃 or not, and why it cannot be told
    ['only180', null, 'unknown', 'only-ringing'],
    ['standard', 'standard', 'clean', null],
    ['music', 'music', 'suspect', null],
    ['jingleThenRingback', 'music', 'suspect', null],
    ['speechThenRingback', 'speech', 'suspect', null],
    ['cadenceRestarts', 'standard', 'clean', null],
    ['ringsThenSounds', 'standard', 'clean', null],
    ['busy', null, 'unknown', 'probe-failed'],
    ['unallocated', null, 'unknown', 'probe-failed'],
    ['poweredOff', 'speech', 'unknown', 'probe-failed'],
    ['answeredThenRingback', 'standard', 'clean', null],
  ])('%s is heard as %s: %s %s', (name, verdict, ringback, why) => {
    const { hearing, conclusion } = of(name);
    expect([hearing?.verdict ?? null, conclusion?.ringback, conclusion?.why]).toEqual([
      verdict,
      ringback,
      why,
    ]);
  });

  it('the ringing that gives way to another, or begins anew, sounds forwarded', () => {
    const forwarded = (Object.keys(FAR_END) as FarEnd[]).filter(
      (name) => of(name).hearing?.forwarded === true,
    );
    expect(forwarded).toEqual(['jingleThenRingback', 'speechThenRingback', 'cadenceRestarts']);
    expect(of('cadenceRestarts').conclusion).toMatchObject({ forwarding: 'suspect' });
    const { cadence } = of('standard').hearing ?? {};
    expect(
      [cadence?.hz, cadence?.on, cadence?.off].map((value) => Math.round((value ?? 0) * 10) / 10),
    ).toEqual([450, 1, 4]);
  });

  it('answered at once: said so, and nothing of a ringing was heard', () => {
    const { end, rangAt } = of('answeredAtOnce');
    expect(end).toMatchObject({ ending: 'answered' });
    expect(rangAt).toBeNull();
  });

  it('180 alone is said to be that: no sound is no proof', () => {
    expect(of('only180').conclusion).toMatchObject({ ringback: 'unknown', why: 'only-ringing' });
  });

  it('what is kept is what the far end sent: a second of 450 Hz every five, and not our own notice', async () => {
    for (const name of ['standard', 'answeredThenRingback'] as const) {
      const pcm = await samplesOf(of(name));
      const seconds = Array.from({ length: Math.floor(pcm.length / 8_000) }, (_, at) => {
        const part = pcm.subarray(at * 8_000, (at + 1) * 8_000);
        return { tone: peakOf(part, 8_000, 450) > 1_000, notice: peakOf(part, 8_000, 1_000) > 500 };
      });
      expect([name, seconds.some(({ tone }) => tone), seconds.some(({ tone }) => !tone)]).toEqual([
        name,
        true,
        true,
      ]);
      expect([name, seconds.some(({ notice }) => notice)]).toEqual([name, false]);
    }
    expect(made.get('standard')?.peaks.length).toBeGreaterThan(1_300);
  });

  it('no channel is left on either Asterisk', async () => {
    for (const pbx of [office.pbx, office.carrier?.pbx]) {
      const tap = await pbx?.tap('listen');
      await expect
        .poll(async () => {
          await tap?.action({ Action: 'CoreShowChannels' });
          return tap?.events().findLast((packet) => packet.Event === 'CoreShowChannelsComplete')?.ListItems;
        })
        .toBe('0');
      await tap?.close();
    }
  });

  async function samplesOf(probe: Probe): Promise<Int16Array> {
    const opened = await library.open(soundFileOf(probe.order.id, 'wav'));
    if (opened === null) throw new Error('no sound');
    const parts: Uint8Array[] = [];
    for await (const part of opened.stream(44, opened.bytes - 1)) parts.push(part as Uint8Array);
    const all = Uint8Array.from(Buffer.concat(parts));
    return new Int16Array(all.buffer, 0, Math.floor(all.length / 2));
  }
});

function pbxOf(office: Office): PbxConfig & { readonly probe: NonNullable<PbxConfig['probe']> } {
  const account = (username: AccountName) => ({
    username,
    secret: createSecret(office.ami.secret(username)),
  });
  return {
    ...{ id: 'main', name: 'main', host: office.ami.host, port: office.ami.port, tls: null },
    ...{ listen: account('listen'), control: null, recorder: null, probe: account('probe') },
    ...{ trunks: ['PJSIP/telco'], inboundContexts: [], timeZone: 'Asia/Shanghai', history: null },
    recordings: { base: office.recordings, folder: office.recordings, kind: 'local', pattern: null },
    timeouts: { connectMs: 20_000, answerMs: 20_000, pingMs: 15_000 },
  };
}
