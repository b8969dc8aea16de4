/**
 * What a style sheet asks for that Chromium 90 lacks. It is held to lists of what that browser knows, not of what is newer: a
 * word of next year is refused by itself. The lists beside this file are those of MDN's browser-compat-data 8.1.9 (CC0): what
 * Chrome has had since 90 or longer, without a flag. They never change, as Chromium 90 does not. Only words of a property that
 * came later (`overflow: …`) are listed as such. Left out there: start and end of boxes, which 93 learnt for flex boxes and 90
 * takes for flex-start and flex-end.
 */
import { readFileSync } from 'node:fs';
import { type Declaration, stylePartsOf } from './style-parts.ts';

const PROPERTIES = wordsOf('css-properties.txt');
/** Pseudo-classes and pseudo-elements, without their colons. */
const PSEUDOS = wordsOf('css-pseudos.txt');
const AT_RULES = wordsOf('css-at-rules.txt');
const MEDIA_FEATURES = wordsOf('css-media-features.txt');
const FUNCTIONS = wordsOf('css-functions.txt');
const UNITS = wordsOf('css-units.txt');
/** Words of a property that came later, by property. */
const LATER_VALUES = laterValues();
/** Meant for another browser, which alone heeds it. */
const FOREIGN = /^-(?:moz|ms|o)-/;

/** Each thing once, with where it stands. Empty: Chromium 90 understands every word. */
export function newerStyles(text: string): readonly string[] {
  const { atRules, selectors, declarations, nested } = stylePartsOf(text);
  return [
    ...new Set([
      ...atRules.flatMap(newerAtRule),
      ...selectors.flatMap(newerSelector),
      ...declarations.filter((one) => !hasOldName(one, declarations)).flatMap(newerDeclaration),
      ...nested.map((where) => `nesting (112): ${where}`),
    ]),
  ];
}

function newerAtRule(head: string): readonly string[] {
  const [, name = ''] = /^@([\w-]+)/.exec(head) ?? [];
  if (!AT_RULES.has(name)) return [`@${name}: ${head}`];
  if (name !== 'media') return [];
  if (/[<>]/.test(head)) return [`media ranges (104): ${head}`];
  return [...head.matchAll(/\(\s*(?:-webkit-)?(?:min-|max-)?([a-z-]+)/g)]
    .map(([, feature = '']) => feature)
    .filter((feature) => !MEDIA_FEATURES.has(feature))
    .map((feature) => `media feature ${feature}: ${head}`);
}

function newerSelector(selector: string): readonly string[] {
  const bare = withoutTexts(selector).replace(/\[[^\]]*\]/g, '[]');
  const pseudos = [...bare.matchAll(/(?<!\\)::?([\w-]+)/g)].map(([, name = '']) => name);
  return [
    ...pseudos
      .filter((name) => !PSEUDOS.has(name) && !FOREIGN.test(name))
      .map((name) => `:${name}: ${selector}`),
    ...(/:nth-[\w-]+\([^)]*\bof\b/.test(bare) ? [`nth-child of a selector (111): ${selector}`] : []),
    ...(/(?<!\\)&/.test(bare) ? [`nesting (112): ${selector}`] : []),
  ];
}

/** Its old name, with a prefix, stands beside it. */
function hasOldName({ where, property }: Declaration, all: readonly Declaration[]): boolean {
  const old = `-webkit-${property}`;
  return PROPERTIES.has(old) && all.some((other) => other.where === where && other.property === old);
}

function newerDeclaration({ where, property, value }: Declaration): readonly string[] {
  const said = `${where} { ${property}: ${value.slice(0, 120)} }`;
  const name = property.toLowerCase();
  const isOwn = name.startsWith('--');
  if (FOREIGN.test(name)) return [];
  if (!isOwn && !PROPERTIES.has(name)) return [`${name}: ${said}`];
  const bare = withoutTexts(value)
    .replace(/url\([^)]*\)/g, 'url()')
    .replace(/--[\w-]+/g, '--x');
  const functions = [...bare.matchAll(/(?<![\w-])(-?[a-z][\w-]*)\(/gi)].map(([, one = '']) =>
    one.toLowerCase(),
  );
  const units = [...bare.matchAll(/(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?([a-z]+)/gi)].map(
    ([, one = '']) => one.toLowerCase(),
  );
  const later = isOwn ? [] : (LATER_VALUES.get(name) ?? []);
  const plain = bare.toLowerCase().split(/[\s,/()]+/);
  return [
    ...functions.filter((one) => !FUNCTIONS.has(one)).map((one) => `${one}(): ${said}`),
    ...units.filter((one) => !UNITS.has(one)).map((one) => `unit ${one}: ${said}`),
    ...later.filter((one) => plain.includes(one)).map((one) => `${one}: ${said}`),
  ];
}

function withoutTexts(text: string): string {
  return text.replace(/"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g, '""');
}

function wordsOf(file: string): ReadonlySet<string> {
  return new Set(
    readFileSync(new URL(file, import.meta.url), 'utf8')
      .trim()
      .split(/\s+/),
  );
}

/** A line each: `property: word word …`, further lines indented. */
function laterValues(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(new URL('css-later-values.txt', import.meta.url), 'utf8').replace(/\n +/g, ' ');
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [property = '', words = ''] = line.split(': ');
        return [property, words.split(' ')] as const;
      }),
  );
}
