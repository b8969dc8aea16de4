import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { officeSchema } from '../../src/config/office-schema.ts';
import { serviceSchema } from '../../src/config/service-schema.ts';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

/** Keys that hold a value, as the README writes them: `pbxs[].listen.username`. */
function keysOf(schema: JsonSchema, path: string): readonly string[] {
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([key, value]) =>
      keysOf(value, path === '' ? key : `${path}.${key}`),
    );
  }
  // Names of the office's own: `watch.lines.*`.
  const { additionalProperties: named } = schema;
  if (typeof named === 'object') return keysOf(named, `${path}.*`);
  // A word, or keys instead of it: `history: none`.
  const keyed = schema.anyOf?.find((one) => one.properties !== undefined);
  if (keyed !== undefined) return keysOf(keyed, path);
  return schema.items?.properties === undefined ? [path] : keysOf(schema.items, `${path}[]`);
}

function explained(heading: string): readonly string[] {
  const readme = readFileSync(join(import.meta.dirname, '../../config/README.md'), 'utf8');
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
}

it.each([
  ['dutyline.yaml', serviceSchema],
  ['office.yaml', officeSchema],
])('config/README.md explains each key of %s and no other', (file, schema) => {
  const known = keysOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, '');
  expect(known.length).toBeGreaterThan(20);
  expect(explained(file)).toEqual(known);
});
