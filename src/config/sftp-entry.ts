/** `recordings.sftp` of a PBX: the account that fetches its sound, whose key never stands in the configuration. */
import { readFileSync } from 'node:fs';
import type { SftpConfig } from './config.ts';
import type { SftpEntry } from './pbx-schema.ts';
import type { Reader } from './reader.ts';
import { createSecret } from './secret.ts';

type Path = readonly PropertyKey[];

/** With its defaults: the PBX's own address, and the folder under the name the PBX has for it. */
export function resolveSftp(
  given: SftpEntry,
  path: Path,
  reader: Reader,
  from: Pick<SftpConfig, 'host' | 'folder'>,
): SftpConfig {
  return {
    host: given.host ?? from.host,
    port: given.port ?? 22,
    user: given.user,
    key: createSecret(readKey(given, path, reader)),
    hostKey: given.hostKey,
    folder: given.folder ?? from.folder,
  };
}

/** '' when it is refused or was not asked for. */
function readKey({ keyFile, keyEnv }: SftpEntry, path: Path, reader: Reader): string {
  if ((keyFile === undefined) === (keyEnv === undefined)) {
    reader.refuse(
      path,
      'write either keyFile (the file of the private key) or keyEnv (the environment variable that holds it)',
    );
    return '';
  }
  if (!reader.needSecrets) return '';
  const [key, at] =
    keyFile === undefined
      ? [readVariable(keyEnv ?? '', path, reader), [...path, 'keyEnv']]
      : [readFile(keyFile, path, reader), [...path, 'keyFile']];
  if (key === null) return '';
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----$/m.test(key)) {
    reader.refuse(
      at,
      'this is no private key; make one with ssh-keygen -t ed25519 -N "" and name the file without .pub',
    );
    return '';
  }
  return key;
}

function readFile(file: string, path: Path, reader: Reader): string | null {
  try {
    return readFileSync(reader.at(file), 'utf8');
  } catch (failure) {
    const why = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    reader.refuse([...path, 'keyFile'], `the file cannot be read (${why})`);
    return null;
  }
}

/** Many a file of variables takes one line each: then the key's own line breaks are written as \n. */
function readVariable(name: string, path: Path, reader: Reader): string | null {
  const value = reader.env[name];
  if (value !== undefined && value !== '') return value.replaceAll('\\n', '\n');
  reader.refuse([...path, 'keyEnv'], `the environment variable ${name} is not set; set it for the service`);
  return null;
}
