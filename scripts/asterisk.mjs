#!/usr/bin/env node
/**
 * Gets a real Asterisk 22 (Debian sid) and 16 (Debian bullseye) for the tests, on any Debian, without root.
 *
 * Debian 12 itself has no Asterisk, but its own mirror carries both suites. apt resolves the whole closure,
 * libc included, against an EMPTY dpkg status; the packages are unpacked into a prefix and run through the
 * prefix's own ld-linux, because bookworm's libc (2.36) cannot run the binary of sid (2.43).
 * Plain JavaScript: it runs on the Node 20 of a fresh machine, before the Node of the product is there.
 */
import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mirrorCandidates } from './debian-mirror.mjs';

const run = promisify(execFile);
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The suites which carry the major versions the tests need. */
const SUITES = { 22: 'sid', 16: 'bullseye' };

/** bullseye packs voicemail apart. */
const PACKAGES = {
  22: ['asterisk', 'asterisk-core-sounds-en-gsm'],
  16: ['asterisk', 'asterisk-core-sounds-en-gsm', 'asterisk-voicemail'],
};

/** What is never needed to run Asterisk, but makes a third of the unpacked size. */
const LEFT_OUT = [
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/zoneinfo',
  './var',
  './run',
  './dev',
];

/**
 * The folder which holds one prefix per version: DUTYLINE_ASTERISK_DIR, or var/asterisk of the repository.
 * As root the servers run as an unprivileged user, who cannot enter a clone below /root: then /var/tmp.
 */
function asteriskHome() {
  const wished = process.env.DUTYLINE_ASTERISK_DIR;
  if (wished) return resolve(wished);
  const isRoot = process.getuid?.() === 0;
  return isRoot && !othersCanEnter(repository)
    ? '/var/tmp/dutyline-asterisk'
    : join(repository, 'var', 'asterisk');
}

/** Where the prefix of a major version (16 or 22) stands, once `prepareAsterisk` has run. */
function asteriskPrefix(major) {
  return join(asteriskHome(), String(major));
}

/**
 * Makes sure that the prefix of a major version (16 or 22) is there and returns what it is:
 * `{ prefix, version, seconds }`. A second run only reads the mark of the first. Throws an Error whose
 * message is one line, fit to be shown to a person.
 */
export async function prepareAsterisk(major, say = () => {}) {
  const suite = SUITES[major];
  if (!suite)
    throw new Error(
      `asterisk: no known suite carries version ${major}; known are ${Object.keys(SUITES).join(', ')}`,
    );
  const began = Date.now();
  const prefix = asteriskPrefix(major);
  const ready = readMark(prefix, major);
  if (ready) return { prefix, version: ready.version, seconds: 0 };

  for (const tool of ['apt-get', 'apt-cache', 'dpkg-deb', 'tar']) await needTool(tool);
  process.umask(0o022);
  const work = `${prefix}.making-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    const apt = await indexOf(suite, work, say);
    const version = await candidateVersion(apt, major, suite);
    say(`asterisk ${major}: downloading ${version} and everything below it from suite ${suite}`);
    await inApt(apt, 'apt-get', [
      'install',
      '--download-only',
      '-y',
      '--no-install-recommends',
      ...PACKAGES[major],
    ]);
    say(`asterisk ${major}: unpacking`);
    await unpackAll(join(apt.root, 'cache', 'archives'), join(work, 'prefix'));
    finishPrefix(join(work, 'prefix'));
    writeFileSync(
      join(work, 'prefix', 'ready.json'),
      JSON.stringify({ version, suite, packages: PACKAGES[major] }),
    );
    installPrefix(join(work, 'prefix'), prefix, major);
    return { prefix, version, seconds: (Date.now() - began) / 1000 };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What an earlier run left, unless it fetched other packages than we want today. */
function readMark(prefix, major) {
  const file = join(prefix, 'ready.json');
  if (!existsSync(file)) return null;
  const mark = JSON.parse(readFileSync(file, 'utf8'));
  return String(mark.packages) === String(PACKAGES[major]) ? mark : null;
}

function othersCanEnter(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function needTool(name) {
  const found = (process.env.PATH ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found)
    throw new Error(`asterisk: "${name}" is not on PATH; the tests fetch Asterisk with Debian's own tools`);
}

/** Reads the index of a suite from the first mirror that has it; answers with what apt needs to be told from then on. */
async function indexOf(suite, work, say) {
  const tried = [];
  for (const source of mirrorCandidates(suite)) {
    const root = join(work, 'apt');
    rmSync(root, { recursive: true, force: true });
    for (const folder of [
      'lists/partial',
      'cache/archives/partial',
      'etc/preferences.d',
      'etc/trusted.gpg.d',
    ]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'status'), '');
    writeFileSync(
      join(root, 'etc', 'sources.list'),
      `deb [signed-by=${source.keyring}] ${source.uri} ${suite} main\n`,
    );
    const apt = { root };
    say(`asterisk: reading the index of ${suite}`);
    try {
      await inApt(apt, 'apt-get', ['update', '--error-on=any']);
      return apt;
    } catch (failure) {
      tried.push(`${source.uri}: ${lastComplaint(failure)}`);
    }
  }
  throw new Error(
    `asterisk: no mirror of this machine gives the suite ${suite} (${tried.join('; ') || 'no Debian mirror in the sources of apt'})`,
  );
}

async function candidateVersion(apt, major, suite) {
  const { stdout } = await inApt(apt, 'apt-cache', ['policy', 'asterisk']);
  const version = /Candidate: (\S+)/.exec(stdout)?.[1] ?? 'none';
  if (!version.replace(/^\d+:/, '').startsWith(`${major}.`)) {
    throw new Error(`asterisk: the suite ${suite} offers version ${version}, the tests need ${major}.x`);
  }
  return version.replace(/^\d+:/, '');
}

async function inApt(apt, program, args) {
  const options = {
    'Dir::State': apt.root,
    'Dir::State::status': join(apt.root, 'status'),
    'Dir::State::lists': join(apt.root, 'lists'),
    'Dir::Cache': join(apt.root, 'cache'),
    'Dir::Etc::sourcelist': join(apt.root, 'etc', 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(apt.root, 'etc', 'preferences.d'),
    'Dir::Etc::trustedparts': join(apt.root, 'etc', 'trusted.gpg.d'),
    'APT::Sandbox::User': process.getuid?.() === 0 ? 'root' : '',
    // An archived suite is no longer signed anew: its date of expiry is long past.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    'Debug::NoLocking': 'true',
  };
  const settings = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  try {
    return await run(program, [...settings, ...args], {
      maxBuffer: 64 << 20,
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (failure) {
    throw new Error(`asterisk: ${program} ${args[0]} failed: ${lastComplaint(failure)}`, { cause: failure });
  }
}

function lastComplaint(failure) {
  const text = `${failure.stderr ?? ''}\n${failure.message ?? ''}`;
  const complaints = text.split('\n').filter((line) => /^(E|W|Err|asterisk):/.test(line));
  return (complaints[0] ?? text.trim().split('\n')[0] ?? 'unknown').slice(0, 300);
}

async function unpackAll(archives, target) {
  mkdirSync(target, { recursive: true });
  const packages = readdirSync(archives).filter((name) => name.endsWith('.deb'));
  // base-files first: in sid it brings the links /lib and /lib64, through which the others are to be unpacked.
  const first = packages.filter((name) => name.startsWith('base-files_'));
  const rest = packages.filter((name) => !name.startsWith('base-files_'));
  const excludes = LEFT_OUT.map((path) => `--exclude='${path}/*'`).join(' ');
  const script = `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --keep-directory-symlink ${excludes}`;
  const unpack = (name) =>
    run('bash', ['-o', 'pipefail', '-c', script, 'unpack', join(archives, name), target]);
  for (const name of first) await unpack(name);
  const lanes = [0, 1].map(async (lane) => {
    for (const [index, name] of rest.entries()) if (index % 2 === lane) await unpack(name);
  });
  await Promise.all(lanes);
}

function finishPrefix(prefix) {
  chmodSync(prefix, 0o755);
  // dpkg would have made this link by update-alternatives; without it "pbx-transfer" and every other prompt is missing.
  const sounds = join(prefix, 'usr/share/asterisk/sounds');
  const spoken = readdirSync(sounds).find((name) => name.startsWith('en_US'));
  if (spoken) {
    rmSync(join(sounds, 'en'), { recursive: true, force: true });
    symlinkSync(spoken, join(sounds, 'en'));
  }
}

function installPrefix(made, prefix, major) {
  if (existsSync(prefix) && !readMark(prefix, major)) rmSync(prefix, { recursive: true, force: true });
  try {
    renameSync(made, prefix);
  } catch (failure) {
    // Another run was faster; its prefix is as good as ours.
    if (!readMark(prefix, major)) throw failure;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  try {
    for (const major of wanted.length > 0 ? wanted : Object.keys(SUITES)) {
      const made = await prepareAsterisk(Number(major), (line) => process.stdout.write(`${line}\n`));
      process.stdout.write(`asterisk ${major}: ${made.version} in ${made.prefix} (${made.seconds} s)\n`);
    }
  } catch (failure) {
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = 1;
  }
}
