/** Debian's packages of freely licensed speech and music, and the voices of its speech programs: other ones for each set. */
import { CHINESE, ENGLISH, MORE_CHINESE } from './sentences.ts';

export type SetName = 'tuning' | 'third' | 'fourth';

export interface Package {
  readonly kind: 'speech' | 'music';
  readonly name: string;
  /** Files within the package; at most so many of them, spread over the list. */
  readonly files: string;
  readonly most: number;
  /** `midi` is played by fluidsynth; everything else is decoded by ffmpeg. */
  readonly how: 'decode' | 'midi';
}

export interface Voice {
  readonly program: 'espeak-ng' | 'flite';
  readonly voice: string;
  readonly sentences: readonly string[];
}

/** Effects are short: of music the largest files are taken. */
const MUSIC = '**/{*.{ogg,mp3,it,s3m,xm,mod,wv,opus,flac,wav},music/default/*}';

const packaged = (name: string, kind: Package['kind'], files: string, most: number): Package => ({
  kind,
  name,
  files,
  most,
  how: 'decode',
});

export const PACKAGES: Readonly<Record<SetName, readonly Package[]>> = {
  tuning: [
    packaged('asterisk-core-sounds-es-wav', 'speech', '**/*.wav', 120),
    packaged('asterisk-core-sounds-fr-wav', 'speech', '**/*.wav', 120),
    packaged('ktuberling-data', 'speech', '**/*.{ogg,wav}', 150),
    packaged('xmoto-data', 'music', MUSIC, 8),
    packaged('lincity-ng-data', 'music', MUSIC, 12),
    packaged('frozen-bubble-data', 'music', MUSIC, 6),
    packaged('pingus-data', 'music', MUSIC, 12),
    packaged('amoebax-data', 'music', MUSIC, 8),
    packaged('trackballs-data', 'music', MUSIC, 8),
    packaged('singularity-music', 'music', MUSIC, 12),
    packaged('fretsonfire-songs-sectoid', 'music', MUSIC, 8),
    { kind: 'music', name: 'openttd-openmsx', files: '**/*.mid', most: 16, how: 'midi' },
  ],
  third: [
    packaged('asterisk-core-sounds-it-wav', 'speech', '**/*.wav', 120),
    packaged('asterisk-core-sounds-ru-wav', 'speech', '**/*.wav', 120),
    packaged('teeworlds-data', 'music', MUSIC, 8),
    packaged('tecnoballz-data', 'music', MUSIC, 8),
    packaged('opencity-data', 'music', MUSIC, 8),
    packaged('btanks-data', 'music', MUSIC, 10),
    packaged('fretsonfire-songs-muldjord', 'music', MUSIC, 8),
    packaged('warzone2100-music', 'music', MUSIC, 10),
  ],
  fourth: [
    packaged('asterisk-core-sounds-en-wav', 'speech', '**/*.wav', 120),
    packaged('asterisk-prompt-it-menardi-wav', 'speech', '**/*.wav', 120),
    packaged('asterisk-prompt-es-co', 'speech', '**/*.gsm', 120),
    packaged('klettres-data', 'speech', '**/*.ogg', 150),
    packaged('wesnoth-1.16-music', 'music', MUSIC, 16),
    packaged('warmux-data', 'music', MUSIC, 12),
    packaged('extremetuxracer-data', 'music', MUSIC, 8),
    packaged('zaz-data', 'music', MUSIC, 4),
    packaged('asc-music', 'music', MUSIC, 3),
    packaged('ri-li-data', 'music', '**/*.{xm,mod}', 3),
  ],
};

const said = (program: Voice['program'], voice: string, sentences = CHINESE): Voice => ({
  program,
  voice,
  sentences,
});

export const VOICES: Readonly<Record<SetName, readonly Voice[]>> = {
  tuning: [
    ...['cmn', 'cmn+f2', 'cmn+m3', 'cmn+f4', 'cmn+m5'].map((voice) => said('espeak-ng', voice)),
    ...['en-us', 'en-gb+f3'].map((voice) => said('espeak-ng', voice, ENGLISH)),
    ...['slt', 'rms'].map((voice) => said('flite', voice, ENGLISH)),
  ],
  third: [
    ...['cmn+f1', 'cmn+m7', 'yue', 'cmn+f5'].map((voice) => said('espeak-ng', voice)),
    ...['kal', 'awb'].map((voice) => said('flite', voice, ENGLISH)),
  ],
  fourth: [
    ...['cmn+Annie', 'cmn+Mario', 'cmn+f3', 'cmn+m4', 'yue+f2'].map((voice) =>
      said('espeak-ng', voice, MORE_CHINESE),
    ),
    ...['en-us+Alicia', 'en-gb+m8'].map((voice) => said('espeak-ng', voice, ENGLISH)),
  ],
};
