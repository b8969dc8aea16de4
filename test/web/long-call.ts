/** A call as long as one likes on the line of the county, with the outline of a sound that nobody had to speak. */
import { Readable } from 'node:stream';
import type { CallFact } from '../../src/calls/fact.ts';
import type { RecordingLibrary } from '../../src/recordings/library.ts';
import { type Outline, PEAKS_PER_SECOND, writePeaks } from '../../src/sound/peaks.ts';
import { newId } from '../../src/storage/new-id.ts';
import { wavHeader } from '../recordings/wav-file.ts';
import type { WebBed } from './web-bed.ts';

type Told<Fact> = Fact extends CallFact ? Pick<Fact, Exclude<keyof Fact, keyof Stamp>> : never;
type Stamp = Omit<CallFact, 'kind'>;

export interface LongCall {
  readonly call: string;
  readonly recording: string;
  readonly startedAt: number;
}

/**
 * It rings for `ring` seconds and is talked for `talk`; `loud` are seconds of the talk in which the caller is loud, for half
 * a second each.
 */
export async function keepLongCall(
  bed: WebBed,
  library: RecordingLibrary,
  {
    startedAt,
    ring,
    talk,
    loud,
    sound = silence(talk),
  }: {
    readonly startedAt: number;
    readonly ring: number;
    readonly talk: number;
    readonly loud: readonly number[];
    /** What can be heard of it, a WAV; silence unless told. */
    readonly sound?: Uint8Array;
  },
): Promise<LongCall> {
  const before = new Set(
    (await bed.store.roomSpan('r-county', startedAt - 1, startedAt + 1)).calls.map(({ id }) => id),
  );
  const linkedid = `${Math.floor(startedAt / 1_000)}.9001`;
  const phone = `${linkedid}1`;
  const say = async (seconds: number, told: Told<CallFact>, uniqueid = linkedid): Promise<void> => {
    const at = startedAt + seconds * 1_000;
    const factKey = ['main', uniqueid, told.kind, at].join(' ');
    const stamp = { pbx: 'main', uniqueid, linkedid, generation: 1, pbxAt: at, at, receivedAt: at, factKey };
    const written = await bed.intake.work({
      type: 'call-step',
      pbx: 'main',
      facts: [{ ...stamp, ...told } as CallFact],
      pbxFacts: [],
      texts: [],
      drafts: told.kind === 'call-arrived' ? [{ linkedid, generation: 1 }] : [],
      offsetMs: 0,
    });
    if (!written.ok) throw new Error(written.refusal.en);
  };
  await say(0, {
    kind: 'call-arrived',
    ...{ direction: 'inbound', line: 'l-county', lineNumber: '0954-2035671', callerNumber: '09542031234' },
    ...{
      dialled: '2035671',
      channel: `PJSIP/telco-${linkedid}`,
      endpoint: 'PJSIP/telco',
      role: 'trunk',
      seen: 'live',
    },
  });
  await say(
    0.1,
    {
      kind: 'leg-dialled',
      ...{
        channel: `PJSIP/1001-${linkedid}`,
        endpoint: 'PJSIP/1001',
        role: 'duty-phone',
        by: linkedid,
        number: '1001',
      },
    },
    phone,
  );
  await say(0.2, { kind: 'leg-rang', signal: 'ringing' }, phone);
  await say(ring, { kind: 'leg-answered', endpoint: 'PJSIP/1001' }, phone);
  for (const leg of [phone, linkedid])
    await say(ring + talk, { kind: 'leg-closed', cause: 16, techCause: null, seen: 'live' }, leg);
  await say(ring + talk, { kind: 'call-ended' });
  const { calls } = await bed.store.roomSpan('r-county', startedAt - 1, startedAt + 1);
  const call = calls.find(({ id }) => !before.has(id))?.id;
  if (call === undefined) throw new Error('the call is not there');

  const recording = newId();
  const keep = (ending: string, bytes: Uint8Array) =>
    library.keepStream(recording, ending, Readable.from([bytes], { objectMode: true }));
  const original = await keep('wav', sound);
  const peaks = await keep('peaks', writePeaks([outlineOf(talk, loud), outlineOf(talk, [])]));
  const about = { recording, at: startedAt };
  const side = {
    levelDbfs: -20,
    peakDbfs: -3,
    activeSeconds: talk,
    longestSilenceSeconds: 1,
    clippedSamples: 0,
  };
  for (const report of [
    {
      ...about,
      type: 'recording-known',
      pbx: 'main',
      linkedid,
      uniqueid: linkedid,
      part: 'talk',
      mode: 'ami',
      pbxPath: `/m/${linkedid}.wav`,
    },
    { ...about, type: 'recording-attached', ...original, seconds: talk, repaired: false },
    {
      ...about,
      type: 'recording-processed',
      judgement: {
        measure: {
          seconds: talk,
          sampleRate: 8_000,
          sides: [
            { side: 'caller', ...side },
            { side: 'room', ...side },
          ],
        },
        defects: [],
        playable: null,
        peaks,
      },
    },
  ] as const) {
    const written = await bed.intake.work({ type: 'recording-report', report });
    if (!written.ok) throw new Error(written.refusal.en);
  }
  return { call, recording, startedAt };
}

/** The poorest sound a browser plays: an hour of it is 22 MB. */
function silence(seconds: number): Uint8Array {
  const rate = 3_000;
  const body = new Uint8Array(seconds * rate * 2);
  return Buffer.concat([wavHeader({ length: 44 + body.length, rate }), body]);
}

/** Quiet, but for half a second from each of these on. */
function outlineOf(seconds: number, loud: readonly number[]): Outline {
  const outline = new Int8Array(seconds * PEAKS_PER_SECOND * 2).fill(2);
  for (const from of loud) {
    const first = Math.round(from * PEAKS_PER_SECOND) * 2;
    outline.fill(120, first, first + PEAKS_PER_SECOND);
  }
  return outline;
}
