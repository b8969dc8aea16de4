/** What a caller can meet at the other end of a call, on a real Asterisk in the place of the carrier. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceFolders } from './asterisk-config.ts';
import { musicLike, speechLike } from './g711.ts';
import { wavFile } from './wav-file.ts';

/** Numbers behind the carrier. */
export const FAR_END = {
  only180: '80001',
  standard: '80002',
  music: '80003',
  jingleThenRingback: '80004',
  speechThenRingback: '80005',
  cadenceRestarts: '80006',
  ringsThenSounds: '80007',
  busy: '80008',
  unallocated: '80009',
  poweredOff: '80010',
  answeredAtOnce: '80011',
  answeredThenRingback: '80012',
} as const;

export type FarEnd = keyof typeof FAR_END;

/** The tone of GB 3380: 450 Hz, a second of it every five. */
const RINGBACK = 'PlayTones(450/1000,0/4000)';

const STEPS: Readonly<Record<FarEnd, readonly string[]>> = {
  only180: ['Ringing()', 'Wait(60)'],
  standard: ['Progress()', RINGBACK, 'Wait(60)'],
  music: ['Progress()', 'Playback(SOUNDS/music,noanswer)', 'Wait(60)'],
  jingleThenRingback: ['Progress()', 'Playback(SOUNDS/jingle,noanswer)', RINGBACK, 'Wait(60)'],
  speechThenRingback: ['Progress()', 'Playback(SOUNDS/speech,noanswer)', RINGBACK, 'Wait(60)'],
  cadenceRestarts: ['Progress()', RINGBACK, 'Wait(7.3)', 'StopPlayTones()', RINGBACK, 'Wait(60)'],
  ringsThenSounds: ['Ringing()', 'Wait(3)', 'Progress()', RINGBACK, 'Wait(60)'],
  busy: ['Hangup(17)'],
  unallocated: ['Hangup(1)'],
  poweredOff: [
    'Progress()',
    'Playback(SOUNDS/speech,noanswer)',
    'Playback(SOUNDS/speech,noanswer)',
    'Hangup(20)',
  ],
  answeredAtOnce: ['Answer()', 'Wait(60)'],
  answeredThenRingback: ['Answer()', RINGBACK, 'Wait(60)'],
};

/** The context `far-ends`, and its sounds on disk. */
export function farEnds(folders: InstanceFolders): string {
  const sounds = join(folders.root, 'sounds');
  mkdirSync(sounds, { recursive: true });
  writeFileSync(join(sounds, 'music.wav'), wavFile(musicLike(20)));
  writeFileSync(join(sounds, 'jingle.wav'), wavFile(musicLike(5)));
  writeFileSync(join(sounds, 'speech.wav'), wavFile(speechLike(4)));
  const extensions = Object.entries(FAR_END).map(([name, number]) => {
    const [first, ...more] = (STEPS[name as FarEnd] ?? []).map((step) => step.replace('SOUNDS', sounds));
    return [
      `exten => ${number},1,${first}`,
      ...more.map((step) => ` same => n,${step}`),
      ' same => n,Hangup()',
    ].join('\n');
  });
  return `[far-ends]\n${extensions.join('\n')}\n`;
}
