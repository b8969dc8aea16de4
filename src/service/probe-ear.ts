/** The ear as a probe asks it: one whole sound, in the words of `diagnosis/hearing.ts`. */
import { setImmediate } from 'node:timers/promises';
import type { EarVerdict, Hearing } from '../diagnosis/hearing.ts';
import { createEar } from '../ear/ear.ts';
import { type Heard, isProgram, type Verdict } from '../ear/heard.ts';

const VERDICTS: Readonly<Record<Verdict, EarVerdict>> = {
  标准回铃音: 'standard',
  彩铃: 'music',
  语音提示: 'speech',
  无法判定: 'unclear',
  忙: 'busy',
  空号: 'vacant',
};

/** Where the ringing changes, a person listens to what is before and behind it too. */
const AROUND_SECONDS = 2;

/** A second of sound takes it some ms: whoever reads the PBX is let in between. */
const PIECE = 8_000;

/** Listens to one whole sound, 8 kHz, 16 bit. */
export async function hearWithEar(pcm: Int16Array): Promise<Hearing> {
  const ear = createEar();
  for (let from = 0; from < pcm.length; from += PIECE) {
    ear.take(pcm.subarray(from, from + PIECE));
    await setImmediate();
  }
  return hearingOf(ear.finish());
}

function hearingOf(heard: Heard): Hearing {
  const { verdict, confidence, stretches, cadence, forwarded } = heard;
  return {
    verdict: VERDICTS[verdict],
    confidence,
    segments: stretches,
    cadence:
      cadence === null || cadence.on === null || cadence.off === null
        ? null
        : {
            hz: cadence.hz,
            on: cadence.on,
            off: cadence.off,
            level: cadence.dbm0,
            count: cadence.count,
            // It is measured over all beats of the class that is heard most.
            standard: heard.class === 'ringback_standard',
          },
    forwarded,
    stretch: telling(heard),
  };
}

/** What is played in place of the ringing; else the moment at which another telephone began to ring. */
function telling({ stretches, events, seconds }: Heard): Hearing['stretch'] {
  const played = stretches.filter(({ class: of }) => isProgram(of));
  const [first] = played;
  if (first !== undefined) return { from: first.from, to: played.at(-1)?.to ?? first.to };
  const change = events.find(({ type }) => type !== 'level_change');
  if (change === undefined) return null;
  return { from: Math.max(0, change.t - AROUND_SECONDS), to: Math.min(seconds, change.t + AROUND_SECONDS) };
}
