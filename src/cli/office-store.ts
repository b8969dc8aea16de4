/** The configuration and the store, opened for one command. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import { configFolder } from '../config/config-folder.ts';
import { loadConfig } from '../config/load-config.ts';
import { describeProblems } from '../config/problem.ts';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import type { Work } from '../storage/work.ts';
import { CommandRefused } from './terminal.ts';

/** Reads the configuration of a command; `secrets` as `loadConfig` takes it. Throws `CommandRefused` with every mistake. */
export function configOf(folder: string | undefined, secrets: 'needed' | 'unneeded'): Config {
  const loaded = loadConfig({ dir: configFolder(folder, process.env), env: process.env, secrets });
  if (!loaded.ok) throw new CommandRefused(describeProblems(loaded.problems));
  return loaded.config;
}

/** What `openStore` is told: a path or a URL. */
export function databaseOf(config: Config): string {
  const { database } = config.storage;
  return database.kind === 'postgres' ? database.url.reveal() : database.file;
}

/** Opens the store, lets `use` work on it, closes it. An empty one is first filled from `office.yaml`, as a start does. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  if (config.storage.database.kind === 'sqlite') {
    mkdirSync(dirname(config.storage.database.file), { recursive: true });
  }
  const store = await openStore({
    database: databaseOf(config),
    rules: { ...config.rules, watch: config.watch },
  });
  try {
    if (config.office !== null && (await store.officeIsEmpty())) {
      await writeAll(store, [{ type: 'office-import', office: config.office, at: Date.now() }]);
    }
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Writes all of it; throws `CommandRefused` with the store's own sentence when one is refused. */
export async function writeAll(store: Store, work: readonly Work[]): Promise<void> {
  const results = await store.write(work);
  for (const result of results) {
    if (!result.ok) throw new CommandRefused(result.refusal.en);
  }
}
