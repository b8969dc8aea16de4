/**
 * `npm run bench -- ear [--clips DIR] [--work DIR]`: how well the ear does, on the development bench and on a third and a fourth
 * set from other sources than it was tuned on, with the baselines beside it; and how fast. `ear train` makes the weights anew.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEar } from '../../src/ear/ear.ts';
import { type Heard, SOUND_CLASSES } from '../../src/ear/heard.ts';
import { inRooms } from '../ear/room.ts';
import type { Sound } from '../ear/sound-maker.ts';
import { buildSuperTone, goertzelCadence, superTone } from './ear/baselines.ts';
import { makeSet, type StoredClip, soundOf } from './ear/clip-set.ts';
import { floats } from './ear/degrade.ts';
import { labelsOf } from './ear/labels.ts';
import type { SetName } from './ear/packages.ts';
import { type Answer, type Case, cutTruth, type Rate, type Score, scoreOf } from './ear/score.ts';
import { openLibrary } from './ear/sources.ts';
import { examplesOf, train } from './ear/train.ts';

const TUNING_CLIPS = 2_160;
/** Voices in rooms, besides. */
const ROOM_CLIPS = 360;
/** At least a hundred of each class. */
const CHECKING_CLIPS = { third: 2_520, fourth: 2_035 } as const;
const BENCH = join(import.meta.dirname, '../../../shared/ringback-bench');
const WEIGHTS = join(import.meta.dirname, '../../src/ear/program-weights.json');

const tell = (line: string) => void process.stdout.write(`${line}\n`);

interface Sample {
  readonly name: string;
  readonly truth: Case['truth'];
  readonly path: string;
  readonly sound: Sound;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      clips: { type: 'string', default: BENCH },
      work: { type: 'string', default: join(tmpdir(), 'dutyline-ear') },
      prefix: { type: 'string' },
      wrong: { type: 'boolean', default: false },
      predictions: { type: 'string' },
    },
    allowPositionals: true,
  });
  mkdirSync(values.work, { recursive: true });
  const [what = 'all'] = positionals;
  const is = (name: string) => what === 'all' || what === name;
  if (what === 'train') return trainNow(values.work);
  if (is('bench')) {
    if (existsSync(values.clips)) {
      const samples = benchSamples(values.clips, values.work);
      report('development bench', samples, values.wrong, values.predictions);
      report(
        'development bench, first 5 s',
        cut(samples, Number(values.prefix ?? 5), values.work),
        values.wrong,
      );
    } else tell(`no clips in ${values.clips}: --clips names their folder`);
  }
  if (what === 'tuning') report('tuning set', setSamples('tuning', TUNING_CLIPS, values.work), values.wrong);
  for (const name of ['third', 'fourth'] as const) {
    if (!is(name)) continue;
    const samples = setSamples(name, CHECKING_CLIPS[name], values.work);
    report(`${name} set`, samples, values.wrong);
    report(`${name} set, first 5 s`, cut(samples, 5, values.work), values.wrong);
  }
  await Promise.resolve();
}

function trainNow(work: string): void {
  const library = openLibrary('tuning', work);
  tell(`tuning sources: ${JSON.stringify(library.counts)}`);
  const clips = [
    ...makeSet('tuning', TUNING_CLIPS, work, () => library),
    ...makeSet('rooms', ROOM_CLIPS, work, () => inRooms(library), ['speech', 'speech', 'mixed', 'changing']),
  ];
  const examples = examplesOf(clips, work, `tuning-${clips.length}`);
  const weights = train(examples, tell);
  const from = `${clips.length} clips of the tuning sets, ${examples.length} windows`;
  writeFileSync(
    WEIGHTS,
    `${JSON.stringify({ madeBy: 'test/bench/ear/train.ts', from, ...weights })}
`,
  );
}

function setSamples(name: SetName, count: number, work: string): readonly Sample[] {
  const clips: readonly StoredClip[] = makeSet(name, count, work, () => openLibrary(name, work));
  return clips.map((clip) => ({ name: clip.name, truth: clip, path: clip.path, sound: soundOf(clip) }));
}

function benchSamples(clips: string, work: string): readonly Sample[] {
  const folder = join(work, 'bench');
  mkdirSync(folder, { recursive: true });
  return labelsOf(readFileSync(join(clips, 'labels.csv'), 'utf8')).map(({ clip, truth }) => {
    const name = clip.replace(/\.wav$/, '');
    const path = join(folder, `${name}.s16`);
    if (!existsSync(path)) {
      const source = ['flac', 'wav'].map((ending) => join(clips, `${name}.${ending}`)).find(existsSync) ?? '';
      const options = ['-hide_banner', '-loglevel', 'error', '-y', '-i', source];
      execFileSync('ffmpeg', [...options, '-ar', '8000', '-ac', '1', '-f', 's16le', path]);
    }
    return { name: clip, truth, path, sound: floats(readFileSync(path)) };
  });
}

function cut(samples: readonly Sample[], seconds: number, work: string): readonly Sample[] {
  const folder = join(work, `cut-${seconds}`);
  mkdirSync(folder, { recursive: true });
  return samples.map(({ name, truth, path, sound }) => {
    const to = join(folder, `${name}.s16`);
    writeFileSync(to, readFileSync(path).subarray(0, seconds * 16_000));
    return { name, truth: cutTruth(truth, seconds), path: to, sound: sound.subarray(0, seconds * 8_000) };
  });
}

/** All detectors on the same clips. */
function report(title: string, samples: readonly Sample[], showWrong: boolean, predictions?: string): void {
  const before = process.cpuUsage();
  const heard = samples.map(({ sound }) => listen(sound));
  const cpu = process.cpuUsage(before);
  const seconds = samples.reduce((sum, { sound }) => sum + sound.length / 8_000, 0);
  const score = scoreOf(cases(samples, heard.map(answerOf)));
  tell(`\n## ${title}: ${samples.length} clips, ${Math.round(seconds)} s`);
  tell(figures('the ear', score));
  tell(`   ${(seconds / ((cpu.user + cpu.system) / 1e6)).toFixed(0)}× real time on one core`);
  tell(
    figures(
      'Goertzel 450 Hz + cadence',
      scoreOf(
        cases(
          samples,
          samples.map(({ sound }) => goertzelCadence(sound)),
        ),
      ),
    ),
  );
  const spandsp = buildSuperTone(tmpdir());
  if (spandsp === null) tell('no cc or no libspandsp-dev: super_tone_rx is left out');
  else tell(figures('spandsp super_tone_rx', scoreOf(cases(samples, superTone(spandsp, samples)))));
  tell(confusionOf(score));
  if (showWrong) for (const line of score.wrong) tell(`   ${line}`);
  if (predictions !== undefined)
    writeFileSync(
      predictions,
      samples
        .map(({ name }, at) => {
          const { class: of, events = [], forwarded, decidedAt } = heard[at] ?? {};
          return JSON.stringify({ clip: name, class: of, events, forwarded, decided_at: decidedAt });
        })
        .join('\n'),
    );
}

function listen(sound: Sound): Heard {
  const ear = createEar();
  for (let from = 0; from < sound.length; from += 160) ear.take(sound.subarray(from, from + 160));
  return ear.finish();
}

function answerOf({ class: of, events, forwarded, decidedAt }: Heard): Answer {
  return { class: of, events, forwarded, decidedAt };
}

function cases(samples: readonly Sample[], answers: readonly Answer[]): readonly Case[] {
  return samples.flatMap(({ name, truth }, at) => {
    const answer = answers[at];
    return answer === undefined ? [] : [{ name, truth, answer }];
  });
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
const rate = ({ wrong, of, low, high }: Rate) => `${wrong}/${of} (${percent(low)}–${percent(high)})`;

function figures(name: string, score: Score): string {
  return [
    `${name}: accuracy ${percent(score.accuracy)}, macro-F1 ${score.macroF1.toFixed(3)}, merged ${percent(score.mergedAccuracy)} / ${score.mergedMacroF1.toFixed(3)}`,
    `   false alarms ${rate(score.falseAlarms)}, misses ${rate(score.misses)}; anywhere ${rate(score.falseAnywhere)}, ${rate(score.missedAnywhere)}`,
    `   events F1 ${score.eventsF1.toFixed(3)} ${JSON.stringify(score.eventsByType)}, ${score.eventsFalse} of ${score.eventsSaid} said are nowhere in the clip, forwarded F1 ${score.forwardedF1.toFixed(3)}, decided after ${score.decidedMedian ?? '–'} s (median)`,
  ].join('\n');
}

function confusionOf({ confusion }: Score): string {
  const columns = [...SOUND_CLASSES, 'unknown'];
  const rows = SOUND_CLASSES.filter((of) => confusion.has(of)).map((truth) => {
    const row = confusion.get(truth);
    return truth.padEnd(20) + columns.map((of) => String(row?.get(of) ?? '.').padStart(6)).join('');
  });
  return [
    'truth \\ heard'.padEnd(20) + columns.map((of) => of.slice(0, 5).padStart(6)).join(''),
    ...rows,
  ].join('\n');
}
