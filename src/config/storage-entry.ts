/** `storage` of `dutyline.yaml`: where calls and sound lie, how sound is protected there, and how long it stays. */
import { resolve } from 'node:path';
import type { RetentionConfig, StorageConfig } from './config.ts';
import type { Reader } from './reader.ts';
import { isInside, readSealingKeys } from './sealing-keys.ts';
import { createSecret } from './secret.ts';
import type { ServiceFile } from './service-schema.ts';

type StorageEntry = NonNullable<ServiceFile['storage']>;

const GB = 1_000_000_000;

/** With its defaults. Mistakes are told to the reader. */
export function resolveStorage(
  storage: StorageEntry | undefined,
  reader: Reader,
  isDemo: boolean,
): StorageConfig {
  // A demonstration must never leave its calls in the office's own database, so it keeps a state of its own.
  const state =
    storage?.state === undefined ? reader.at(isDemo ? '../var/demo' : '../var') : reader.at(storage.state);
  const database = reader.env.DUTYLINE_DATABASE_URL || storage?.database;
  const recordings = reader.at(storage?.recordings ?? (isDemo ? '../var/demo/recordings' : '../recordings'));
  const secondCopy = resolveSecondCopy(storage?.secondCopy, recordings, reader);
  const encryption = storage?.encryption;
  const locked = secondCopy === null ? [recordings] : [recordings, secondCopy.folder];
  return {
    database: resolveDatabase(database, state, reader),
    recordings,
    state,
    encryption:
      encryption === undefined
        ? null
        : { keys: readSealingKeys(encryption, ['storage', 'encryption'], reader, locked) },
    secondCopy,
    retention: resolveRetention(storage?.retention),
  };
}

function resolveDatabase(
  database: string | undefined,
  state: string,
  reader: Reader,
): StorageConfig['database'] {
  if (database === undefined) return { kind: 'sqlite', file: resolve(state, 'dutyline.sqlite') };
  if (!/^[a-z][a-z0-9+]*:/i.test(database)) return { kind: 'sqlite', file: reader.at(database) };
  if (!/^postgres(ql)?:$/.test(protocolOf(database) ?? '')) {
    reader.refuse(
      ['storage', 'database'],
      'write the path of a SQLite file or postgres://USER:PASSWORD@HOST/DATABASE',
    );
  }
  return { kind: 'postgres', url: createSecret(database) };
}

/** By their names only: links and mounts are looked at by the copy itself, when the disks are there. */
function resolveSecondCopy(
  given: StorageEntry['secondCopy'],
  recordings: string,
  reader: Reader,
): StorageConfig['secondCopy'] {
  if (given === undefined) return null;
  const folder = reader.at(given.folder);
  if (isInside(recordings, folder) || isInside(folder, recordings)) {
    reader.refuse(
      ['storage', 'secondCopy', 'folder'],
      'is the recordings folder, or one of them lies inside the other; choose a folder on another disk',
    );
  }
  return { folder, verifyDays: given.verifyDays ?? 30 };
}

function resolveRetention(given: StorageEntry['retention']): RetentionConfig {
  return {
    reserveBytes: (given?.reserveGb ?? 5) * GB,
    warnDays: given?.warnDays ?? 60,
    rules: (given?.rules ?? []).map(({ unit, kind, days }) => ({ unit: unit ?? null, kind, days })),
  };
}

/** The scheme of an address with its colon; null when it is none. */
export function protocolOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).protocol : null;
}
