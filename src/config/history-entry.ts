/** `pbxs[].history`: where a PBX keeps its CEL and CDR. */
import type { HistoryConfig } from './config.ts';
import type { DatabaseEntry, HistoryEntry } from './pbx-schema.ts';
import type { Reader } from './reader.ts';
import { createSecret } from './secret.ts';
import { readSecret } from './secret-entry.ts';

type Path = readonly PropertyKey[];

const PROTOCOLS = { mysql: /^(mysql|mariadb):$/, postgres: /^postgres(ql)?:$/ } as const;

/** Exactly one place; mistakes are told to the reader. `timeZone` counts where the entry has none of its own. */
export function resolveHistory(
  entry: HistoryEntry,
  path: Path,
  reader: Reader,
  timeZone: string,
): HistoryConfig | null {
  const zone = entry.timeZone ?? timeZone;
  const { csv, mysql, postgres, sqlite } = entry;
  if ([csv, mysql, postgres, sqlite].filter((place) => place !== undefined).length !== 1) {
    reader.refuse(path, 'write exactly one of csv, mysql, postgres and sqlite, or history: none');
    return null;
  }
  if (mysql !== undefined) return databaseOf('mysql', mysql, [...path, 'mysql'], reader, zone);
  if (postgres !== undefined) return databaseOf('postgres', postgres, [...path, 'postgres'], reader, zone);
  if (sqlite !== undefined) return { kind: 'sqlite', path: reader.at(sqlite), timeZone: zone };
  if (csv?.cel === undefined && csv?.cdr === undefined) {
    reader.refuse(
      [...path, 'csv'],
      'write cel, such as /var/log/asterisk/cel-custom/Master.csv, or cdr, or both',
    );
    return null;
  }
  const file = (name: string | undefined) => (name === undefined ? null : reader.at(name));
  return { kind: 'csv', cel: file(csv.cel), cdr: file(csv.cdr), timeZone: zone };
}

function databaseOf(
  kind: 'mysql' | 'postgres',
  entry: DatabaseEntry,
  path: Path,
  reader: Reader,
  timeZone: string,
): HistoryConfig | null {
  const url = URL.canParse(entry.url) ? new URL(entry.url) : null;
  if (url === null || !PROTOCOLS[kind].test(url.protocol) || url.pathname.length < 2) {
    reader.refuse(
      [...path, 'url'],
      `write ${kind}://USER@HOST/DATABASE, such as ${kind}://dutyline@192.168.1.10/asteriskcdrdb`,
    );
    return null;
  }
  if (url.password !== '' && !reader.isFromEnvironment([...path, 'url'])) {
    reader.refuse(
      [...path, 'url'],
      'a password must not stand in this file; leave it out here and write secretEnv: NAME beside url',
    );
    return null;
  }
  // Without any of the three the database lets the account in by itself: a socket, an address.
  if ([entry.secret, entry.secretEnv, entry.secretFile].some((way) => way !== undefined)) {
    // The setter leaves "%" as it is, which the drivers would read as an escape.
    url.password = encodeURIComponent(readSecret(entry, path, reader));
  }
  return { kind, url: createSecret(url.href.replace(/^mariadb:/, 'mysql:')), timeZone };
}
