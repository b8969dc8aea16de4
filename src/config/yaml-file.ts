/**
 * One YAML file as plain text values, with the line of each. Only user of `yaml`.
 *
 * Read with the failsafe schema: every value is text until our own schema says otherwise. YAML's core schema would read the
 * DID 09542035678 as the number 9542035678 and 22:00 or `no` as something else again.
 */

import type { Document } from 'yaml';
import { isMap, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml';
import type { Problem } from './problem.ts';
import { keyText } from './problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface YamlFile {
  /** Maps, lists and text. Undefined for an empty file. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line of a key, or of the nearest one above it that stands in the file. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
  /** Whether this value was written as `${NAME}` and nothing else. */
  readonly isFromEnvironment: (path: readonly PropertyKey[]) => boolean;
}

const LONGEST_FILE = 4 << 20;
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Parses `text` of the file called `name`; `${NAME}` in a value is replaced from the environment, where it must be set. */
export function readYaml(name: string, text: string, env: Environment, mustBeSet = true): YamlFile {
  if (text.length > LONGEST_FILE)
    return unreadable(name, 'the file is larger than 4 MB; that is no configuration');
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: true });
  const problems: Problem[] = document.errors.map((error) => ({
    file: name,
    line: error.linePos?.[0].line ?? null,
    key: '',
    message: `not valid YAML: ${firstLine(error.message)}`,
  }));
  if (problems.length > 0) return { ...unreadable(name, ''), problems };

  const fromEnvironment = new Set<string>();
  const lineOf = (path: readonly PropertyKey[]) => lineOfNode(document, lines, path);
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const path = pathOf(ancestors, node);
      if (/^\$\{[^{}]+\}$/.test(node.value)) fromEnvironment.add(keyText(path));
      node.value = node.value.replace(REFERENCE, (_, variable: string) => {
        const value = env[variable];
        if (value !== undefined && value !== '') return value;
        const message = `the environment variable ${variable} is not set; set it for the service`;
        if (mustBeSet) problems.push({ file: name, line: lineOf(path), key: keyText(path), message });
        // Not empty: an empty value would be told a second time, as a missing key.
        return 'unset';
      });
    },
  });
  return {
    value: toPlain(document),
    problems,
    lineOf,
    isFromEnvironment: (path) => fromEnvironment.has(keyText(path)),
  };
}

/** The text of a YAML file. Numbers written as text stay quoted, so that other programs keep their zeros too. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 110 });
}

function unreadable(name: string, message: string): YamlFile {
  return {
    value: undefined,
    problems: [{ file: name, line: null, key: '', message }],
    lineOf: () => null,
    isFromEnvironment: () => false,
  };
}

/** `key:` with nothing behind it is text '' in failsafe; people mean "not set", so such keys are left out. */
function toPlain(document: Document): unknown {
  const value: unknown = document.toJS({ maxAliasCount: 50 });
  return value === null || value === '' ? undefined : withoutEmpty(value);
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry !== '' && entry !== null);
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutEmpty(entry)]));
}

function lineOfNode(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== null) return lines.linePos(offset).line;
  }
  return null;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  const last = path.at(-1);
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
    return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node: unknown = document.getIn(path, true);
  return hasRange(node) ? node.range[0] : null;
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function pathOf(ancestors: readonly unknown[], node: unknown): readonly PropertyKey[] {
  const chain = [...ancestors, node];
  return chain.flatMap((at, i): readonly PropertyKey[] => {
    const child = chain[i + 1];
    if (typeof at !== 'object' || at === null || child === undefined) return [];
    if ('items' in at && Array.isArray(at.items) && !isMap(at)) return [at.items.indexOf(child)];
    if ('key' in at && 'value' in at && isScalar(at.key)) return [String(at.key.value)];
    return [];
  });
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
