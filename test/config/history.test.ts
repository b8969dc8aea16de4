import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';

const SECRETS = { LISTEN: 'listen-password', HISTORY: 'p@ss/w%rd 值' };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-history-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(history: string, rules = '{}') {
  const pbx = `{ id: main, host: 192.0.2.10, listen: { username: l, secretEnv: LISTEN }, trunks: [PJSIP/telco], history: ${history} }`;
  writeFileSync(join(dir, 'dutyline.yaml'), `rules: ${rules}\npbxs:\n  - ${pbx}\n`);
  return loadConfig({ dir, env: SECRETS });
}

function loadWell(history: string, rules?: string) {
  const loaded = load(history, rules);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config.pbxs[0]?.history;
}

describe('the history of a PBX', () => {
  it('is a file of CEL beside the configuration, in the zone of the office unless the PBX has its own', () => {
    const places = { kind: 'csv', cel: join(dir, 'cel.csv'), cdr: null };
    expect(loadWell('{ csv: { cel: cel.csv } }', '{ timeZone: Asia/Urumqi }')).toEqual({
      ...places,
      timeZone: 'Asia/Urumqi',
    });
    expect(loadWell('{ csv: { cel: cel.csv }, timeZone: Asia/Tokyo }')).toEqual({
      ...places,
      timeZone: 'Asia/Tokyo',
    });
    expect(loadWell('{ sqlite: master.db }')).toMatchObject({ kind: 'sqlite', path: join(dir, 'master.db') });
    expect(loadWell('none')).toBeNull();
  });

  it.each([
    ['mysql', 'mysql'],
    ['postgres', 'postgres'],
    ['mysql', 'mariadb'],
  ])(
    'is a database (%s as %s://) whose password comes from the environment and is shown nowhere',
    (key, scheme) => {
      const history = loadWell(
        `{ ${key}: { url: '${scheme}://reader@192.0.2.10/asteriskcdrdb', secretEnv: HISTORY } }`,
      );
      if (history?.kind !== 'mysql' && history?.kind !== 'postgres') throw new Error('is no database');
      const url = new URL(history.url.reveal());
      expect(decodeURIComponent(url.password)).toBe(SECRETS.HISTORY);
      expect([url.protocol, url.username, url.pathname]).toEqual([`${key}:`, 'reader', '/asteriskcdrdb']);
      expect(JSON.stringify(history)).not.toContain('reader');
    },
  );

  it.each([
    ['{ }', 'pbxs[0].history | write exactly one of csv, mysql, postgres and sqlite, or history: none'],
    [
      '{ sqlite: a.db, csv: { cel: a } }',
      'pbxs[0].history | write exactly one of csv, mysql, postgres and sqlite, or history: none',
    ],
    ['sometimes', 'pbxs[0].history | write none, or keys below it, indented by two spaces'],
    [
      '{ csv: { } }',
      'pbxs[0].history.csv | write cel, such as /var/log/asterisk/cel-custom/Master.csv, or cdr, or both',
    ],
    [
      '{ csv: { cel: a, cell: a } }',
      'pbxs[0].history.csv.cell | no such key; config/README.md lists all keys',
    ],
    [
      '{ sqlite: a.db, timeZone: Mars/Olympus }',
      'pbxs[0].history.timeZone | write an IANA name, such as Asia/Shanghai',
    ],
    [
      '{ mysql: { url: postgres://a@h/d } }',
      'pbxs[0].history.mysql.url | write mysql://USER@HOST/DATABASE, such as mysql://dutyline@192.168.1.10/asteriskcdrdb',
    ],
    [
      '{ postgres: { url: postgres://a@h } }',
      'pbxs[0].history.postgres.url | write postgres://USER@HOST/DATABASE, such as postgres://dutyline@192.168.1.10/asteriskcdrdb',
    ],
    [
      '{ mysql: { url: mysql://a:secret@h/d } }',
      'pbxs[0].history.mysql.url | a password must not stand in this file; leave it out here and write secretEnv: NAME beside url',
    ],
    [
      '{ mysql: { url: mysql://a@h/d, secretEnv: NOT_SET } }',
      'pbxs[0].history.mysql.secretEnv | the environment variable NOT_SET is not set; set it for the service',
    ],
    [
      '{ mysql: { url: mysql://a@h/d, secret: abc } }',
      'pbxs[0].history.mysql.secret | a password must not stand in this file; write secretEnv: NAME and set NAME for the service',
    ],
    [
      '{ mysql: { url: mysql://a@h/d, secretFile: gone } }',
      'pbxs[0].history.mysql.secretFile | the file cannot be read (ENOENT)',
    ],
  ])('%s is refused with a sentence', (history, complaint) => {
    const loaded = load(history);
    if (loaded.ok) throw new Error('was accepted');
    expect(loaded.problems.map(({ key, message }) => `${key} | ${message}`)).toEqual([complaint]);
    expect(JSON.stringify(loaded.problems)).not.toContain('a:secret');
  });
});
