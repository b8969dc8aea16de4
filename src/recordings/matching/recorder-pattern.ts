/**
 * PURE. How a stand-alone recorder names its files, as the office writes it down:
 *
 *     {date:YYYYMMDD}-{time:HHmmss}-{direction:A|B}-{number}
 *
 * Fields: `{date:…}` of YYYY, YY, MM, DD; `{time:…}` of HH, mm, ss; `{direction:IN|OUT}`, the word for a call that came in
 * first; `{number}`, `{uniqueid}`, `{any}`. All other text stands for itself; `/` parts folders, and a pattern without one
 * reads the last name only. The ending (`.wav`) is not part of it.
 *
 * It is not made into a regular expression: names are hostile, and two open fields in a row could keep one busy for
 * minutes. Each place of the name is tried once for each field.
 */
import { type SoundName, withoutEnding } from './file-name.ts';
import { isOpen, LONGEST_NAME, type Moment, type Part, placed } from './pattern-parts.ts';
import { wallOf } from './wall-clock.ts';

export interface RecorderPattern {
  /** What a path (with or without ending) says; null when it is not named so. */
  read(path: string): SoundName | null;
}

/** What is wrong with a pattern, for the person who wrote it. */
export interface PatternProblem {
  readonly code: 'recorder-pattern';
  readonly zh: string;
  readonly en: string;
}

export type CompiledPattern =
  | { readonly ok: true; readonly pattern: RecorderPattern }
  | { readonly ok: false; readonly problem: PatternProblem };

const DIGITS: Readonly<Record<string, readonly [keyof Moment, number]>> = {
  YYYY: ['year', 4],
  YY: ['year', 2],
  MM: ['month', 2],
  DD: ['day', 2],
  HH: ['hour', 2],
  mm: ['minute', 2],
  ss: ['second', 2],
};
const LONGEST_PATTERN = 200;
const MOST_OPEN = 6;

/** Compiles a pattern of the configuration; what is wrong with it comes out as a sentence, never as an exception. */
export function compileRecorderPattern(text: string): CompiledPattern {
  const parts: Part[] = [];
  if (text.length === 0 || text.length > LONGEST_PATTERN) {
    return wrong(
      `文件名格式的长度应为 1 至 ${LONGEST_PATTERN} 个字符。`,
      `The pattern must have 1 to ${LONGEST_PATTERN} characters.`,
    );
  }
  for (const [piece] of text.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
    const read = piece.startsWith('{') && piece.endsWith('}') ? fieldOf(piece.slice(1, -1)) : textOf(piece);
    if ('problem' in read) return read;
    parts.push(...read.parts);
  }
  const problem = problemOf(parts);
  if (problem !== null) return problem;
  const depth = text.split('/').length;
  return { ok: true, pattern: { read: (path) => readWith(parts, tailOf(path, depth)) } };
}

type Read = { readonly parts: readonly Part[] } | { readonly ok: false; readonly problem: PatternProblem };

function textOf(piece: string): Read {
  if (piece === '{' || piece === '}') {
    return wrong(
      `“${piece}” 没有配对：字段写作 {number}。`,
      `"${piece}" has no partner: a field is written {number}.`,
    );
  }
  return { parts: [{ kind: 'text', text: piece }] };
}

function fieldOf(field: string): Read {
  const colon = field.indexOf(':');
  const name = colon < 0 ? field : field.slice(0, colon);
  const detail = colon < 0 ? '' : field.slice(colon + 1);
  if (name === 'date' || name === 'time') return digitsOf(name, detail);
  if (name === 'direction') return directionOf(detail);
  if ((name === 'number' || name === 'uniqueid' || name === 'any') && detail === '')
    return { parts: [{ kind: name }] };
  return wrong(
    `不认识字段 {${field}}；可用：{date:YYYYMMDD}、{time:HHmmss}、{direction:A|B}、{number}、{uniqueid}、{any}。`,
    `{${field}} is no field; there are {date:YYYYMMDD}, {time:HHmmss}, {direction:A|B}, {number}, {uniqueid} and {any}.`,
  );
}

function digitsOf(name: 'date' | 'time', format: string): Read {
  const tokens = name === 'date' ? /YYYY|YY|MM|DD|[^YMD]+|./g : /HH|mm|ss|[^Hms]+|./g;
  const parts: Part[] = [];
  for (const [token] of format.matchAll(tokens)) {
    const known = DIGITS[token];
    if (known !== undefined) parts.push({ kind: 'digits', into: known[0], width: known[1] });
    else if (!/^[YMDHms]/.test(token)) parts.push({ kind: 'text', text: token });
    else {
      const allowed = name === 'date' ? 'YYYY YY MM DD' : 'HH mm ss';
      return wrong(
        `{${name}:${format}} 中的 “${token}” 无法识别，只能用 ${allowed}。`,
        `"${token}" in {${name}:${format}} means nothing; use ${allowed}.`,
      );
    }
  }
  if (parts.length === 0) {
    return wrong(
      `{${name}} 缺少格式，例如 {${name === 'date' ? 'date:YYYYMMDD' : 'time:HHmmss'}}。`,
      `{${name}} needs a format, such as {${name === 'date' ? 'date:YYYYMMDD' : 'time:HHmmss'}}.`,
    );
  }
  return { parts };
}

function directionOf(detail: string): Read {
  const [inbound, outbound, ...more] = detail.split('|');
  if (!inbound || !outbound || more.length > 0 || inbound === outbound) {
    return wrong(
      '{direction} 要写两个不同的词，先来电后去电，例如 {direction:A|B}。',
      '{direction} needs two different words, the one for calls that came in first: {direction:A|B}.',
    );
  }
  return { parts: [{ kind: 'direction', words: [inbound, outbound] }] };
}

function problemOf(parts: readonly Part[]): Extract<Read, { ok: false }> | null {
  const intos = parts.flatMap((part) => (part.kind === 'digits' ? [part.into] : []));
  const twice = intos.find((into, at) => intos.indexOf(into) !== at);
  if (twice !== undefined) {
    return wrong(`日期或时间中的 ${twice} 写了两次。`, `The ${twice} is written twice.`);
  }
  const whole = ['year', 'month', 'day', 'hour', 'minute', 'second'].filter((into) =>
    intos.includes(into as keyof Moment),
  );
  if (whole.length < 6 && !parts.some((part) => part.kind === 'uniqueid')) {
    return wrong(
      '要写出完整的日期和时间（到秒），例如 {date:YYYYMMDD}{time:HHmmss}，否则无法对应通话。',
      'A whole date and time down to the second is needed to find a call: {date:YYYYMMDD}{time:HHmmss}.',
    );
  }
  const open = parts.map(isOpen);
  if (open.some((each, at) => each && open[at + 1] === true)) {
    return wrong(
      '{number}、{uniqueid}、{any} 不能紧挨着，中间要有固定文字。',
      '{number}, {uniqueid} and {any} must not stand side by side; put a text between them.',
    );
  }
  if (open.filter(Boolean).length > MOST_OPEN) {
    return wrong(
      `{number}、{uniqueid}、{any} 合计最多 ${MOST_OPEN} 个。`,
      `At most ${MOST_OPEN} of {number}, {uniqueid} and {any} in all.`,
    );
  }
  return null;
}

function wrong(zh: string, en: string): { readonly ok: false; readonly problem: PatternProblem } {
  return { ok: false, problem: { code: 'recorder-pattern', zh, en } };
}

/** The last `depth` names of a path, without the ending. */
function tailOf(path: string, depth: number): string {
  return withoutEnding(path).split('/').slice(-depth).join('/');
}

function readWith(parts: readonly Part[], name: string): SoundName | null {
  if (name.length > LONGEST_NAME) return null;
  const taken = placed(parts, name);
  if (taken === null) return null;
  const moment: Partial<Record<keyof Moment, number>> = {};
  let direction: SoundName['direction'] = null;
  let uniqueid: string | null = null;
  const numbers: string[] = [];
  for (const [at, part] of parts.entries()) {
    const text = taken[at] ?? '';
    if (part.kind === 'digits')
      moment[part.into] = Number(text) + (part.width === 2 && part.into === 'year' ? 2_000 : 0);
    if (part.kind === 'direction') direction = text === part.words[0] ? 'inbound' : 'outbound';
    if (part.kind === 'number') numbers.push(text);
    if (part.kind === 'uniqueid') uniqueid = text;
  }
  const { year, month, day, hour, minute, second } = moment;
  const hasTime = [year, month, day, hour, minute, second].every((each) => each !== undefined);
  const wall = hasTime
    ? wallOf([year ?? 0, month ?? 0, day ?? 0], [hour ?? 0, minute ?? 0, second ?? 0])
    : null;
  if (wall === null && uniqueid === null) return null;
  const mentioned = uniqueid === null ? [] : [uniqueid];
  return {
    shape: 'recorder',
    uniqueid,
    mentioned,
    besides: [],
    wall,
    numbers,
    direction,
    kind: null,
    part: 'talk',
  };
}
