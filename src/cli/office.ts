/** `dutyline office import|export`: the office between a YAML file and the database. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Config } from '../config/config.ts';
import { knownPbxs } from '../config/load-config.ts';
import { parseOffice, writeOffice } from '../config/office-file.ts';
import { describeProblems } from '../config/problem.ts';
import type { Store } from '../storage/store.ts';
import { writeAll } from './office-store.ts';
import { CommandRefused, print, remark } from './terminal.ts';

/** Reads a file into the database. Entries keep their ids, so that importing a file twice changes nothing. */
export async function importOffice(store: Store, config: Config, file: string): Promise<void> {
  const parsed = parseOffice(readText(file), {
    file: basename(file),
    timeZone: config.rules.timeZone,
    pbxs: knownPbxs(config),
  });
  if (!parsed.ok) throw new CommandRefused(describeProblems(parsed.problems));
  const at = Date.now();
  await writeAll(store, [
    { type: 'office-import', office: parsed.office, at },
    {
      type: 'audit',
      at,
      account: null,
      person: null,
      kind: 'office-imported',
      subject: null,
      payload: { by: 'cli' },
    },
  ]);
  const { rooms, lines, people } = parsed.office;
  print(`${rooms.length} rooms, ${lines.length} lines and ${people.length} people are in the database.`);
  remark('A running service takes lines and trunks over at its next start.');
}

/** Writes the database's office to a file, or to standard output. An existing file is only replaced when told so. */
export async function exportOffice(
  store: Store,
  config: Config,
  file: string | undefined,
  replace: boolean,
): Promise<void> {
  const text = writeOffice(await store.office(), config.rules.timeZone);
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text, { flag: replace ? 'w' : 'wx' });
  } catch (failure) {
    throw new CommandRefused(
      `${file} was not written (${codeOf(failure)}); --replace overwrites an existing file.`,
    );
  }
  remark(`The office was written to ${file}.`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (failure) {
    throw new CommandRefused(`${file} cannot be read (${codeOf(failure)}).`);
  }
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
}
