/** `labels.csv` of the early-media bench. */
import { SOUND_CLASSES, type SoundClass } from '../../../src/ear/heard.ts';
import type { Truth, TruthEvent } from '../../ear/labelled-clip.ts';

export interface Labelled {
  readonly clip: string;
  readonly truth: Truth & { readonly seconds: number };
}

export function labelsOf(text: string): readonly Labelled[] {
  const [head = [], ...rows] = rowsOf(text);
  return rows.map((cells) => {
    const cell = (name: string) => cells[head.indexOf(name)] ?? '';
    const segments = JSON.parse(cell('segments')) as readonly (readonly [number, number, SoundClass])[];
    return {
      clip: cell('clip'),
      truth: {
        class: classNamed(cell('class')),
        accept: cell('accept').split('|').map(classNamed),
        misconfig: cell('misconfig') === '1',
        forwarded: cell('forwarded') === '1',
        events: JSON.parse(cell('events')) as readonly TruthEvent[],
        segments,
        fine: segments,
        recipe: cell('recipe'),
        tags: `${cell('tags')} ${cell('level_dbfs')} dBFS, ${cell('noise')} ${cell('snr_db')} dB, ${cell('codec')}, loss ${cell('loss')}`,
        seconds: Number(cell('dur')),
      },
    };
  });
}

function classNamed(name: string): SoundClass {
  const of = SOUND_CLASSES.find((each) => each === name);
  if (of === undefined) throw new Error(`no class ${name}`);
  return of;
}

/** RFC 4180: quoted cells may hold commas and doubled quotes. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
}
