/** Ten thousand standard ringbacks over the whole tolerance: none may be called 彩铃. */
import { execFileSync } from 'node:child_process';
import type { Codec } from '../bench/ear/degrade.ts';
import { isFalseAlarm, listenTo, ringbacks } from '../ear/ringbacks.ts';

const AT_ONCE = 240;
/** Seconds: the fewer beats, the harder. */
const LONGEST = 7;

/** Gives back the exit code. */
export function soakEar(seed: number, count: number): number {
  const codecs: readonly Codec[] = [
    'none',
    'alaw',
    'alaw',
    'ulaw',
    'gsm',
    'g726',
    'opus',
    ...(hasAmr() ? (['amr-low', 'amr-high'] as const) : []),
  ];
  let right = 0;
  const alarms: string[] = [];
  const others = new Map<string, number>();
  for (let from = 0; from < count; from += AT_ONCE) {
    for (const { name, line, sound } of ringbacks(
      `soak ${seed}`,
      from,
      Math.min(AT_ONCE, count - from),
      codecs,
      LONGEST,
    )) {
      const heard = listenTo(sound);
      if (isFalseAlarm(heard)) alarms.push(`${name} ${JSON.stringify(line)}: ${heard.verdict}`);
      if (heard.class === 'ringback_standard') right += 1;
      else others.set(heard.class ?? 'none', (others.get(heard.class ?? 'none') ?? 0) + 1);
    }
    process.stdout.write(
      `${Math.min(count, from + AT_ONCE)} of ${count}: ${alarms.length} called 彩铃 or 语音提示\n`,
    );
  }
  const told = { seed, count, codecs, right, alarms, others: Object.fromEntries(others) };
  process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
  return alarms.length === 0 ? 0 : 1;
}

/** AMR comes with sox and Debian's libsox-fmt-all. */
function hasAmr(): boolean {
  try {
    return execFileSync('sox', ['--help'], { encoding: 'utf8' }).includes('amr-nb');
  } catch {
    return false;
  }
}
