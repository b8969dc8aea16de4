#!/usr/bin/env node
/**
 * `npm run lockfile`, after any change of dependencies: writes package-lock.json and completes it.
 *
 * npm 11 leaves a platform package out of the lockfile when the registry at hand does not carry it (mirrors often have
 * Linux only), and `npm ci` then refuses that very lockfile: "Missing: @biomejs/cli-darwin-arm64@ from lock file". The
 * entries that are missing follow from the packages that name them; only their integrity is unknown here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { show } from './child.mjs';
import { repository } from './node24.mjs';

const file = join(repository, 'package-lock.json');

const code = await show('npm', [
  'install',
  '--package-lock-only',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
]);
if (code !== 0) process.exit(code);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = complete(lock.packages);
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(
  `package-lock.json: ${added} platform packages added that this registry does not carry\n`,
);

function complete(packages) {
  let added = 0;
  for (const [path, entry] of Object.entries({ ...packages })) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (placesOf(path, name).some((place) => packages[place] !== undefined)) continue;
      // An exact version and a platform in the name: anything else is not a platform package, and npm must say so itself.
      if (!/^\d+\.\d+\.\d+/.test(version)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...(entry.dev === true ? { dev: true } : {}),
        optional: true,
        ...platformOf(name),
      };
      added += 1;
    }
  }
  return added;
}

/** Where Node would look for `name` from the package at `path`: nested folders first. */
function placesOf(path, name) {
  const folders = path === '' ? [''] : [path, ''];
  return folders.map((folder) => (folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`));
}

function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-_]/);
  const os = [
    'android',
    'darwin',
    'freebsd',
    'linux',
    'openharmony',
    'win32',
    'aix',
    'sunos',
    'openbsd',
    'netbsd',
  ];
  const cpu = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32', 'mips64el'];
  const found = (known) => known.filter((word) => words.includes(word));
  const musl = words.some((word) => word.startsWith('musl'));
  return {
    ...(found(os).length > 0 ? { os: found(os) } : {}),
    ...(found(cpu).length > 0 ? { cpu: found(cpu) } : {}),
    ...(musl ? { libc: ['musl'] } : {}),
  };
}
