import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Entry>> };

it('names every platform package, or npm ci refuses it on a mirror that has Linux only', () => {
  const missing = Object.values(packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(
        ([name, version]) => /^\d+\.\d+\.\d+/.test(version) && packages[`node_modules/${name}`] === undefined,
      )
      .map(([name]) => name),
  );
  expect(missing, 'run "npm run lockfile"').toEqual([]);
});

it('names no registry: its hosts are funding links', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
  const withoutFunding = JSON.stringify(packages, (key, value: unknown) =>
    key === 'funding' ? undefined : value,
  );
  expect(withoutFunding).not.toContain('://');
});

it('pins every direct dependency to one version', () => {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Readonly<Record<string, string>>
  >;
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((list) =>
    Object.entries(own[list] ?? {}),
  );
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
