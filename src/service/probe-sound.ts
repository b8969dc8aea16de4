/** What a probe recorded: fetched as the sound of calls is, kept with its digest, drawn, and heard by the ear. */
import { PROBE_FOLDER } from '../asterisk/control/probe-session.ts';
import type { Hearing } from '../diagnosis/hearing.ts';
import type { Probe } from '../diagnosis/probe.ts';
import { probeChannelOf } from '../lines/probe-channel.ts';
import { ATTACH_TIMING, type AttachTiming, attachRecording } from '../recordings/attach.ts';
import type { KeptSound, RecordingLibrary } from '../recordings/library.ts';
import { openPcm } from '../recordings/pcm-source.ts';
import type { RecordingPlace } from '../recordings/recording-place.ts';
import type { Log } from '../web/log.ts';
import { PROBE_PEAKS_PER_SECOND } from '../web/protocol/probe-view.ts';
import type { HeardProbe } from './probe-run.ts';

export interface ProbeSoundDeps {
  /** Where the sound of a PBX is: its base as the PBX names it, and how it is read. Null: it records nothing. */
  readonly soundOf: (pbx: string) => { readonly base: string; readonly place: RecordingPlace } | null;
  readonly library: RecordingLibrary;
  /** Listens to one whole sound, 8 kHz, 16 bit. */
  readonly ear: (pcm: Int16Array) => Promise<Hearing>;
  /** Resolves when what is kept is written down. */
  readonly keep: (probe: string, sound: KeptSound, peaks: readonly number[]) => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** The file of an early medium has a true header 21 ms after the hang-up: a probe waits less than a call's sound. */
const TIMING: AttachTiming = { ...ATTACH_TIMING, missingAfterMs: 6_000 };
/** A packet or two is no sound. */
const LEAST_SECONDS = 0.1;
const RATE = 8_000;
const NOTHING: HeardProbe = { hearing: null, soundSeconds: null };

/** Never rejects: what cannot be heard was not heard. */
export async function hearProbe(deps: ProbeSoundDeps, { order }: Probe): Promise<HeardProbe> {
  const { library, log } = deps;
  const sound = deps.soundOf(order.pbx);
  if (sound === null) return NOTHING;
  const pbxPath = `${sound.base.replace(/\/+$/, '')}/${PROBE_FOLDER}/${probeChannelOf(order.id)}.wav`;
  try {
    const places = { place: sound.place, library, wait: deps.wait };
    const taken = await attachRecording(
      { recording: order.id, pbxPath, leastSeconds: LEAST_SECONDS },
      places,
      TIMING,
    );
    if (taken.state !== 'attached') {
      if (taken.state !== 'no-sound') log('warn', 'probe-sound', { probe: order.id, state: taken.state });
      return NOTHING;
    }
    const pcm = await samplesOf(library, taken.sound.file);
    await deps.keep(order.id, taken.sound, pcm === null ? [] : peaksOf(pcm));
    const hearing = pcm === null ? null : await deps.ear(pcm);
    return { hearing, soundSeconds: taken.sound.seconds };
  } catch (error) {
    log('error', 'probe-sound-failed', { probe: order.id, error: String(error) });
    return NOTHING;
  }
}

/** All of it: a probe is short. Null: not what Asterisk writes. */
async function samplesOf(library: RecordingLibrary, file: string): Promise<Int16Array | null> {
  const opened = await library.open(file);
  if (opened === null) return null;
  const { bytes } = opened;
  const wav = { ending: 'wav', bytes, stream: (start: number, end: number) => opened.stream(start, end) };
  const read = await openPcm(wav, null);
  if (read.kind !== 'pcm') return null;
  if (read.pcm.sampleRate !== RATE) {
    read.pcm.stop();
    return null;
  }
  const parts: Int16Array[] = [];
  for await (const [only] of read.pcm.samples) if (only !== undefined) parts.push(only);
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The loudest sample of each hundredth of a second, 0 to 100. */
function peaksOf(pcm: Int16Array): readonly number[] {
  const step = RATE / PROBE_PEAKS_PER_SECOND;
  return Array.from({ length: Math.ceil(pcm.length / step) }, (_, nth) => {
    let loudest = 0;
    for (const sample of pcm.subarray(nth * step, (nth + 1) * step))
      loudest = Math.max(loudest, Math.abs(sample));
    return Math.round((loudest / 32_768) * 100);
  });
}
