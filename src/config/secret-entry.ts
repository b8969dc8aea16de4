/** Passwords of `dutyline.yaml`: named there, kept in the environment or in a file. */
import { readFileSync } from 'node:fs';
import type { Reader } from './reader.ts';

type Path = readonly PropertyKey[];

export interface SecretEntry {
  readonly secretEnv?: string | undefined;
  readonly secretFile?: string | undefined;
  readonly secret?: string | undefined;
}

/**
 * The password of one account: exactly one of three ways; it never stands in the file. '' when it is refused or was not asked
 * for. AMI lines end at CR or LF, so neither may be in it.
 */
export function readSecret(given: SecretEntry, path: Path, reader: Reader): string {
  const { secret, secretEnv, secretFile } = given;
  if ([secret, secretEnv, secretFile].filter((way) => way !== undefined).length !== 1) {
    reader.refuse(
      [...path, 'secretEnv'],
      'write exactly one of secretEnv (name of an environment variable) and secretFile',
    );
    return '';
  }
  if (secret !== undefined && !reader.isFromEnvironment([...path, 'secret'])) {
    reader.refuse(
      [...path, 'secret'],
      'a password must not stand in this file; write secretEnv: NAME and set NAME for the service',
    );
    return '';
  }
  if (!reader.needSecrets) return '';
  const value =
    secret ??
    (secretEnv === undefined ? readSecretFile(secretFile ?? '', path, reader) : reader.env[secretEnv]);
  if (value === undefined || value === '') {
    if (secretEnv !== undefined)
      reader.refuse(
        [...path, 'secretEnv'],
        `the environment variable ${secretEnv} is not set; set it for the service`,
      );
    return '';
  }
  if (/[\r\n\0]/.test(value))
    reader.refuse(path, 'the password contains a line break, which no log-in can carry');
  return value;
}

function readSecretFile(file: string, path: Path, reader: Reader): string {
  try {
    const value = readFileSync(reader.at(file), 'utf8').replace(/\r?\n$/, '');
    if (value === '') reader.refuse([...path, 'secretFile'], 'the file is empty; write the password into it');
    return value;
  } catch (failure) {
    const why = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    reader.refuse([...path, 'secretFile'], `the file cannot be read (${why})`);
    return '';
  }
}
