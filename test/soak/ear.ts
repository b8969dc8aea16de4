/** Ten thousand standard ringbacks over the whole tolerance: none may be called 彩铃. */
import { execFileSync } from 'node:child_process';
import type { Codec } from '../bench/ear/degrade.ts';
import { isFalseAlarm, listenTo, ringbacks } from '../ear/ringbacks.ts';
import { keepProgress, type Run, resumed, runOf, writeSection } from './soak-report.ts';

const AT_ONCE = 240;
/** Seconds: the fewer beats, the harder. */
const LONGEST = 7;

interface Round {
  readonly clips: number;
  /** Class heard, how often. */
  readonly heard: Readonly<Record<string, number>>;
  /** Name, line and verdict of each that was called 彩铃 or 语音提示. */
  readonly alarms: readonly string[];
}

/**
 * `count` ringbacks of this seed, of the same kinds as the 300 of `npm test`, AMR added where sox has it. Goes on where an interrupted
 * run of the same commit and seed stopped. Writes its section of `docs/soak.md`. Gives back the exit code: 1 after an alarm.
 */
export function soakEar(seed: number, count: number): number {
  const codecs = codecsHere();
  const run = runOf(seed);
  const rounds = [...resumed<Round>('ear', run)];
  const done = () => rounds.reduce((sum, { clips }) => sum + clips, 0);
  while (done() < count) {
    rounds.push(hearSome(seed, done(), Math.min(AT_ONCE, count - done()), codecs));
    keepProgress('ear', run, rounds);
    const alarms = rounds.flatMap((round) => round.alarms);
    process.stdout.write(`${done()} of ${count}: ${alarms.length} called 彩铃 or 语音提示\n`);
  }
  const alarms = rounds.flatMap((round) => round.alarms);
  for (const alarm of alarms) process.stdout.write(`${alarm}\n`);
  writeSection('Ear', describe(count, run, codecs, rounds));
  return alarms.length === 0 ? 0 : 1;
}

function hearSome(seed: number, from: number, clips: number, codecs: readonly Codec[]): Round {
  const heard: Record<string, number> = {};
  const alarms: string[] = [];
  for (const { name, line, sound } of ringbacks(`soak ${seed}`, from, clips, codecs, LONGEST)) {
    const one = listenTo(sound);
    const of = one.class ?? 'none';
    heard[of] = (heard[of] ?? 0) + 1;
    if (isFalseAlarm(one)) alarms.push(`${name} ${JSON.stringify(line)}: ${one.verdict}`);
  }
  return { clips, heard, alarms };
}

function describe(
  count: number,
  { commit, seed }: Run,
  codecs: readonly Codec[],
  rounds: readonly Round[],
): string {
  const alarms = rounds.flatMap((round) => round.alarms);
  const classes = [...new Set(rounds.flatMap(({ heard }) => Object.keys(heard)))].sort();
  const times = (of: string) => rounds.reduce((sum, { heard }) => sum + (heard[of] ?? 0), 0);
  return `\`npm run soak -- ear ${seed} ${count}\` at commit ${commit}: ${count} standard ringbacks of 3.2 to ${LONGEST} s, anywhere in 450 ± 25 Hz, 1 s
and 4 s ± 10 %, −7 to −40 dBm0, without noise or with noise of six kinds 15 to 40 dB below, through ${[...new Set(codecs)].join(', ')}, a fifth through
A-law twice, half with up to 5 % of the packets lost. **${alarms.length} called 彩铃 or 语音提示.**

| heard as | times |
| --- | --- |
${classes.map((of) => `| ${of} | ${times(of)} |`).join('\n')}

${alarms.map((alarm) => `- ${alarm}`).join('\n')}
`;
}

/** AMR comes with sox and Debian's libsox-fmt-all. */
function codecsHere(): readonly Codec[] {
  const always: readonly Codec[] = ['none', 'alaw', 'alaw', 'ulaw', 'gsm', 'g726', 'opus'];
  return hasAmr() ? [...always, 'amr-low', 'amr-high'] : always;
}

function hasAmr(): boolean {
  try {
    return execFileSync('sox', ['--help'], { encoding: 'utf8' }).includes('amr-nb');
  } catch {
    return false;
  }
}
