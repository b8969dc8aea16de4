/** A set of labelled clips by seed, made once and kept in a folder outside the repository. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library, Truth } from '../../ear/labelled-clip.ts';
import { anyClip, RECIPES } from '../../ear/recipes.ts';
import type { Sound } from '../../ear/sound-maker.ts';
import { seeded } from '../../support/seeded.ts';
import { anyLine, floats, type LineSpec, ontoLine, overLines, pcm16 } from './degrade.ts';

export interface StoredClip extends Truth {
  readonly name: string;
  readonly seconds: number;
  readonly line: LineSpec;
  readonly path: string;
}

const AT_ONCE = 240;

/** Recipes take turns, so that each class gets its part whatever the count. */
export function makeSet(
  name: string,
  count: number,
  folder: string,
  library: () => Library,
  recipes: readonly string[] = RECIPES,
): readonly StoredClip[] {
  const place = join(folder, `${name}-${count}`);
  const list = join(place, 'clips.jsonl');
  if (!existsSync(list)) {
    mkdirSync(place, { recursive: true });
    const lines: string[] = [];
    const open = library();
    for (let from = 0; from < count; from += AT_ONCE)
      lines.push(...makeSome(name, from, Math.min(count, from + AT_ONCE), place, open, recipes));
    writeFileSync(list, lines.join('\n'));
  }
  return readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as StoredClip);
}

function makeSome(
  set: string,
  from: number,
  to: number,
  place: string,
  library: Library,
  recipes: readonly string[],
): readonly string[] {
  const made = Array.from({ length: to - from }, (_, n) => {
    const at = from + n;
    const chance = seeded(`${set}/${at}`);
    const clip = anyClip(chance, library, recipes[at % recipes.length]);
    const line = anyLine(chance);
    const sound = ontoLine(clip, line, (seconds) => library.speech(seconds, chance), chance);
    return { clip, line, sound, chance, name: `${set}-${at}` };
  });
  const heard = overLines(made);
  return made.map(({ clip, line, name }, n) => {
    const path = join(place, `${name}.s16`);
    const sound = heard[n] ?? new Float32Array();
    writeFileSync(path, pcm16(sound));
    const { sound: _, ...truth } = clip;
    return JSON.stringify({ ...truth, name, seconds: sound.length / 8_000, line, path } satisfies StoredClip);
  });
}

export function soundOf(clip: StoredClip): Sound {
  return floats(readFileSync(clip.path));
}
