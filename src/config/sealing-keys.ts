/** The keys that encrypt sound, from a file or the environment: never written into the configuration itself. */
import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { Reader } from './reader.ts';
import { createSecret, type Secret } from './secret.ts';

type Path = readonly PropertyKey[];

export interface KeysEntry {
  readonly keyFile?: string | undefined;
  readonly keys?: readonly string[] | undefined;
}

const HOW =
  'write a key of 32 bytes as 64 hex digits or as base64 (openssl rand -base64 32), one a line; the first one seals';

/**
 * The keys of `storage.encryption`, each as 64 hex digits; the first one seals. `forbidden` are folders in which a key file
 * would lie beside what it locks. Empty when secrets are not needed, or after a mistake, which is told.
 */
export function readSealingKeys(
  given: KeysEntry,
  path: Path,
  reader: Reader,
  forbidden: readonly string[],
): readonly Secret[] {
  const { keyFile, keys } = given;
  if ((keyFile === undefined) === (keys === undefined)) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write into the file
    reader.refuse(path, 'write either keyFile (a file of keys) or keys (a list of ${NAME})');
    return [];
  }
  keys?.forEach((_, i) => {
    if (!reader.isFromEnvironment([...path, 'keys', i]))
      reader.refuse(
        [...path, 'keys', i],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write into the file
        'a key must not stand in this file; write ${NAME} and set NAME for the service',
      );
  });
  if (!reader.needSecrets) return [];
  if (keyFile === undefined)
    return (keys ?? []).flatMap((key, i) => readKey(key, [...path, 'keys', i], reader));
  return readKeyFile(reader.at(keyFile), [...path, 'keyFile'], reader, forbidden);
}

function readKeyFile(
  file: string,
  path: Path,
  reader: Reader,
  forbidden: readonly string[],
): readonly Secret[] {
  if (forbidden.some((folder) => isInside(realOf(folder), realOf(file)))) {
    reader.refuse(
      path,
      'the key lies in a folder that it is to protect; keep it elsewhere, and a second copy of it on paper or in a safe',
    );
    return [];
  }
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/);
    const keys = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
    if (keys.length === 0) reader.refuse(path, `the file holds no key; ${HOW}`);
    return keys.flatMap((key) => readKey(key, path, reader));
  } catch (failure) {
    const why = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    reader.refuse(path, `the file cannot be read (${why})`);
    return [];
  }
}

/** Buffer.from ignores what is no base64, so the shape is checked first. */
function readKey(key: string, path: Path, { refuse }: Reader): readonly Secret[] {
  if (/^[0-9a-fA-F]{64}$/.test(key)) return [createSecret(key.toLowerCase())];
  if (/^[A-Za-z0-9+/]{43}=$/.test(key)) return [createSecret(Buffer.from(key, 'base64').toString('hex'))];
  refuse(path, `this is no key; ${HOW}`);
  return [];
}

/** A link in the folder would make the key part of what is copied with it. What does not exist yet is taken by its name. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there, or not to be looked at: whoever reads it says so.
    return path;
  }
}

/** True for the folder itself too. Both paths are absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}
