/**
 * `$[…]` as far as dialplans use it for deciding: `|`, `&`, comparisons, sums, `!`, brackets, quoted and bare words, `a ? b :: c`.
 * Three-valued: what hangs on something unknown is unknown, unless the known part settles it (`0 & ?` is 0, `1 | ?` is 1).
 */
import { isKnown, sameText, unknown } from './unknown-text.ts';

/** `1`, `0`, a number or a text; an unknown text when a call decides, or when we cannot read it. */
export function evaluate(text: string): string {
  const tokens = tokensOf(text);
  if (tokens === null) return unknown(`$[${text}]`);
  const reading = { tokens, at: 0, depth: 0 };
  const value = readAlternatives(reading);
  return value === null || reading.at < tokens.length ? unknown(`$[${text}]`) : value;
}

/** How GotoIf, ExecIf and their like take a condition: empty and 0 are false, any other text true. Null: a call decides. */
export function truthOf(text: string): boolean | null {
  if (!isKnown(text)) return null;
  const plain = text.trim();
  if (plain === '') return false;
  return /^-?\d+$/.test(plain) ? Number(plain) !== 0 : true;
}

interface Token {
  readonly kind: 'word' | 'sign';
  readonly text: string;
}

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
  /** Brackets and signs that stand round what is read now. */
  depth: number;
}

/** Nobody writes so deep. The text is the PBX's: deeper than this it would be our stack that ends, not the reading. */
const DEEPEST = 50;

const TOKEN =
  /\s*(?:"((?:[^"\ue000]|\ue000[^\ue001]*\ue001)*)"|(\|\||&&|[|&()]|!=|==|<=|>=|=~|::|[=<>!?+*/%:-])|((?:\ue000[^\ue001]*\ue001|[^\s"|&()=<>!?+*/%:\ue000-])+))/gy;

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const found = TOKEN.exec(trimmed);
    if (found === null) return null;
    const [, quoted, sign, bare] = found;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: quoted ?? bare ?? '' });
  }
  return tokens;
}

/** Each level reads one operand of the level below, then as many operators of its own as follow. Null: not understood. */
function level(
  below: (reading: Reading) => string | null,
  signs: readonly string[],
  join: (left: string, sign: string, right: string) => string | null,
): (reading: Reading) => string | null {
  return (reading) => {
    let left = below(reading);
    for (let sign = signAt(reading, signs); left !== null && sign !== null; sign = signAt(reading, signs)) {
      reading.at += 1;
      const right = below(reading);
      left = right === null ? null : join(left, sign, right);
    }
    return left;
  };
}

function signAt({ tokens, at }: Reading, signs: readonly string[]): string | null {
  const token = tokens[at];
  return token?.kind === 'sign' && signs.includes(token.text) ? token.text : null;
}

function readAlternatives(reading: Reading): string | null {
  const condition = readOr(reading);
  if (condition === null || signAt(reading, ['?']) === null) return condition;
  reading.at += 1;
  const yes = readOr(reading);
  if (signAt(reading, ['::', ':']) === null) return null;
  reading.at += 1;
  const no = readOr(reading);
  if (yes === null || no === null) return null;
  const truth = truthOf(condition);
  if (truth === null) return yes === no ? yes : unknown(`${condition}?${yes}:${no}`);
  return truth ? yes : no;
}

function readOperand(reading: Reading): string | null {
  const token = reading.tokens[reading.at];
  if (token === undefined || reading.depth > DEEPEST) return null;
  reading.at += 1;
  if (token.kind === 'word') return token.text;
  reading.depth += 1;
  const operand = readInner(reading, token);
  reading.depth -= 1;
  return operand;
}

/** Behind a bracket or a sign in front. */
function readInner(reading: Reading, token: Token): string | null {
  if (token.text === '(') {
    const inside = readAlternatives(reading);
    if (signAt(reading, [')']) === null) return null;
    reading.at += 1;
    return inside;
  }
  const operand = token.text === '!' || token.text === '-' ? readOperand(reading) : null;
  if (operand === null) return null;
  if (!isKnown(operand)) return unknown(`${token.text}${operand}`);
  if (token.text === '!') return truthOf(operand) === true ? '0' : '1';
  return /^\d+(\.\d+)?$/.test(operand) ? `-${operand}` : null;
}

const readProduct = level(readOperand, ['*', '/', '%'], calculate);
const readSum = level(readProduct, ['+', '-'], calculate);
const readComparison = level(readSum, ['=', '==', '!=', '<', '>', '<=', '>=', ':', '=~'], compare);
const readAnd = level(readComparison, ['&', '&&'], (left, _sign, right) =>
  settle(left, right, (one, other) => (one === false || other === false ? false : both(one, other))),
);
const readOr = level(readAnd, ['|', '||'], (left, _sign, right) =>
  settle(left, right, (one, other) => (one === true || other === true ? true : either(one, other))),
);

type Truth = boolean | null;

function settle(left: string, right: string, join: (one: Truth, other: Truth) => Truth): string {
  return shown(join(truthOf(left), truthOf(right)), `${left} ${right}`);
}

function both(one: Truth, other: Truth): Truth {
  return one === null || other === null ? null : one && other;
}

function either(one: Truth, other: Truth): Truth {
  return one === null || other === null ? null : one || other;
}

function shown(truth: Truth, said: string): string {
  if (truth === null) return unknown(said);
  return truth ? '1' : '0';
}

function calculate(left: string, sign: string, right: string): string {
  const [one, other] = [Number(left), Number(right)];
  if (!isKnown(left) || !isKnown(right) || left === '' || right === '')
    return unknown(`${left}${sign}${right}`);
  const results: Readonly<Record<string, number>> = {
    '+': one + other,
    '-': one - other,
    '*': one * other,
    '/': one / other,
    '%': one % other,
  };
  const result = results[sign] ?? Number.NaN;
  return Number.isFinite(result) ? String(result) : unknown(`${left}${sign}${right}`);
}

function compare(left: string, sign: string, right: string): string {
  const said = `${left}${sign}${right}`;
  // A search by a regular expression: what it finds is for a call to say.
  if (sign === ':' || sign === '=~') return unknown(said);
  if (sign === '=' || sign === '==' || sign === '!=') {
    const same = areNumbers(left, right) ? Number(left) === Number(right) : sameText(left, right);
    return shown(same === null ? null : same === (sign !== '!='), said);
  }
  if (!isKnown(left) || !isKnown(right)) return unknown(said);
  const [one, other] = areNumbers(left, right) ? [Number(left), Number(right)] : [left, right];
  if (sign === '<') return shown(one < other, said);
  if (sign === '>') return shown(one > other, said);
  return shown(sign === '<=' ? one <= other : one >= other, said);
}

function areNumbers(one: string, other: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(one) && /^-?\d+(\.\d+)?$/.test(other);
}
