/** `dutyline backup|restore`: the whole database to one file and back, while the service runs. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Config } from '../config/config.ts';
import { backupLines } from '../storage/backup.ts';
import { restoreBackup } from '../storage/restore-backup.ts';
import { databaseOf } from './office-store.ts';
import { createProgress } from './progress.ts';
import { CommandRefused, print } from './terminal.ts';

export interface BackupOptions {
  readonly json: boolean;
  readonly replace: boolean;
}

/** Writes a gzip of the backup's lines; the file has its name only when it is whole and on the disk. */
export async function backUp(config: Config, file: string, { json, replace }: BackupOptions): Promise<void> {
  const part = `${file}.part`;
  const progress = createProgress();
  let rows = 0;
  const lines = backupLines(databaseOf(config), Date.now(), (done) => {
    rows = done.rows;
    progress.show(`${done.rows} rows, ${done.table}`);
  });
  try {
    await refuseExisting(file, replace);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(
      Readable.from(withLineEnds(lines)),
      createGzip(),
      createWriteStream(part, { mode: 0o600, flush: true }),
    );
    await rename(part, file);
  } catch (failure) {
    await rm(part, { force: true });
    throw asRefusal(failure, `${file} was not written`);
  } finally {
    progress.end();
  }
  print(json ? JSON.stringify({ file, rows }) : `${rows} rows are in ${file}.`);
}

/** Fills an empty database from such a file. */
export async function restoreFrom(
  config: Config,
  file: string,
  { json }: { readonly json: boolean },
): Promise<void> {
  const progress = createProgress();
  if (config.storage.database.kind === 'sqlite') {
    await mkdir(dirname(config.storage.database.file), { recursive: true, mode: 0o750 });
  }
  try {
    const restored = await restoreBackup(databaseOf(config), linesOf(file), (rows) =>
      progress.show(`${rows} rows`),
    );
    if (!restored.ok) throw new CommandRefused(`Nothing was restored: ${restored.why}.`);
    const { rows, madeAt } = restored;
    print(
      json
        ? JSON.stringify({ file, rows, madeAt })
        : `${rows} rows are back, as they stood at ${new Date(madeAt).toISOString()}.`,
    );
  } catch (failure) {
    throw asRefusal(failure, `${file} was not restored`);
  } finally {
    progress.end();
  }
}

async function refuseExisting(file: string, replace: boolean): Promise<void> {
  if (replace) return;
  const there = await open(file, 'r').catch(() => null);
  await there?.close();
  if (there !== null) throw new CommandRefused(`${file} is there already; --replace overwrites it.`);
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** Reads by `pipeline`, which hands on an error of either part. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const plain = createGunzip();
  const read = pipeline(createReadStream(file), plain).catch((failure: unknown) => {
    plain.destroy(failure instanceof Error ? failure : new Error(String(failure)));
  });
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of plain) {
    const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  await read;
  if (rest !== '') yield rest;
}

function asRefusal(failure: unknown, what: string): Error {
  if (failure instanceof CommandRefused || !(failure instanceof Error)) return failure as Error;
  if ('code' in failure) return new CommandRefused(`${what}: ${failure.message} (${String(failure.code)}).`);
  return failure;
}
