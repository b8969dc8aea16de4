import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';

const FIRST = randomBytes(32);
const SECOND = randomBytes(32);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-storage-'));
  for (const folder of ['config', 'recordings', 'copy']) mkdirSync(join(dir, folder));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(storage: string, env: Record<string, string> = {}) {
  writeFileSync(join(dir, 'config/dutyline.yaml'), `storage: ${storage}\n`);
  return loadConfig({ dir: join(dir, 'config'), env });
}

function loadWell(storage: string, env: Record<string, string> = {}) {
  const loaded = load(storage, env);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config.storage;
}

function complaint(storage: string, env: Record<string, string> = {}): string {
  const loaded = load(storage, env);
  if (loaded.ok) throw new Error('was accepted');
  return loaded.problems.map(({ key, message }) => `${key} | ${message}`).join('\n');
}

const WITH_RECORDINGS = 'recordings: ../recordings, secondCopy: { folder: ../copy }';
const withKeyFile = (file: string) => `{ ${WITH_RECORDINGS}, encryption: { keyFile: ${file} } }`;

describe('storage', () => {
  it('encrypts nothing, copies nothing and deletes nothing unless it is told to', () => {
    expect(loadWell('{ recordings: ../recordings }')).toMatchObject({
      encryption: null,
      secondCopy: null,
      retention: { reserveBytes: 5e9, warnDays: 60, rules: [] },
    });
  });

  it('takes keys from a file, hex or base64, the first one first', () => {
    writeFileSync(
      join(dir, 'sound.key'),
      `# since 2026\n${FIRST.toString('base64')}\r\n\n${SECOND.toString('hex').toUpperCase()}\n`,
    );
    const { encryption, secondCopy } = loadWell(withKeyFile('../sound.key'));
    expect(encryption?.keys.map((key) => key.reveal())).toEqual([
      FIRST.toString('hex'),
      SECOND.toString('hex'),
    ]);
    expect(JSON.stringify(encryption)).not.toContain(FIRST.toString('hex'));
    expect(secondCopy).toEqual({ folder: join(dir, 'copy'), verifyDays: 30 });
  });

  it('takes keys from the environment', () => {
    const env = { NEW: SECOND.toString('hex'), OLD: FIRST.toString('base64') };
    const { encryption } = loadWell(`{ encryption: { keys: ['\${NEW}', '\${OLD}'] } }`, env);
    expect(encryption?.keys.map((key) => key.reveal())).toEqual([
      SECOND.toString('hex'),
      FIRST.toString('hex'),
    ]);
  });

  it('takes rules of retention', () => {
    const rules = '[{ kind: talk, days: 365 }, { unit: county, kind: no-record, days: 30 }]';
    expect(loadWell(`{ retention: { reserveGb: 20, warnDays: 90, rules: ${rules} } }`).retention).toEqual({
      reserveBytes: 20e9,
      warnDays: 90,
      rules: [
        { unit: null, kind: 'talk', days: 365 },
        { unit: 'county', kind: 'no-record', days: 30 },
      ],
    });
  });

  it.each(['../recordings/sound.key', '../copy/a/sound.key', '../link.key'])(
    'refuses the key file %s beside what it locks',
    (file) => {
      mkdirSync(join(dir, 'copy/a'));
      for (const place of ['recordings', 'copy/a'])
        writeFileSync(join(dir, place, 'sound.key'), FIRST.toString('hex'));
      symlinkSync(join(dir, 'recordings/sound.key'), join(dir, 'link.key'));
      expect(complaint(withKeyFile(file))).toContain(
        'keyFile | the key lies in a folder that it is to protect',
      );
    },
  );

  it('refuses a key written out, and never repeats it', () => {
    const told = complaint(`{ encryption: { keys: ['${FIRST.toString('hex')}'] } }`);
    expect(told).toContain('must not stand in this file');
    expect(told).not.toContain(FIRST.toString('hex'));
  });

  it.each([
    ['empty', '# nothing\n', 'holds no key'],
    ['a password', 'letmein', 'this is no key'],
    ['a short key', FIRST.subarray(1).toString('hex'), 'this is no key'],
    ['a long key', `${FIRST.toString('hex')}00`, 'this is no key'],
    ['base64 of 31 bytes', FIRST.subarray(1).toString('base64'), 'this is no key'],
  ])('refuses a key file that holds %s', (_, text, expected) => {
    writeFileSync(join(dir, 'sound.key'), text);
    const told = complaint(withKeyFile('../sound.key'));
    expect(told).toContain(expected);
    expect(told).not.toContain(FIRST.subarray(1).toString('hex'));
  });

  it.each([
    ['a key file that is not there', withKeyFile('../none.key'), 'cannot be read (ENOENT)'],
    ['encryption without a key', '{ encryption: { } }', 'write either keyFile'],
    ['an empty list of keys', '{ encryption: { keys: [] } }', 'storage.encryption'],
    ['a variable that is not set', `{ encryption: { keys: ['\${NOWHERE}'] } }`, 'NOWHERE is not set'],
    [
      'a copy in the recordings',
      '{ recordings: ../r, secondCopy: { folder: ../r/copy } }',
      'secondCopy.folder | is the recordings',
    ],
    [
      'a copy around the recordings',
      '{ recordings: ../r/a, secondCopy: { folder: ../r } }',
      'secondCopy.folder | is the recordings',
    ],
    [
      'the same folder',
      '{ recordings: ../r, secondCopy: { folder: ../x/../r/ } }',
      'secondCopy.folder | is the recordings',
    ],
    ['a copy without a folder', '{ secondCopy: { verifyDays: 30 } }', 'secondCopy.folder'],
    ['days of no number', '{ retention: { rules: [{ kind: talk, days: soon }] } }', 'rules[0].days'],
    ['days of nothing', '{ retention: { rules: [{ kind: talk, days: 0 }] } }', 'rules[0].days'],
    ['a kind nobody knows', '{ retention: { rules: [{ kind: music, days: 5 }] } }', 'rules[0].kind'],
  ])('refuses %s', (_, storage, expected) => {
    expect(complaint(storage)).toContain(expected);
  });
});
