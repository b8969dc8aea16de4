/** `alerts.mail` of `dutyline.yaml`: the mail server through which alerts go, and who gets them. */
import { readFileSync } from 'node:fs';
import type { AlertConfig } from './config.ts';
import type { Reader } from './reader.ts';
import { createSecret } from './secret.ts';
import { readSecret } from './secret-entry.ts';
import type { ServiceFile } from './service-schema.ts';

type Entry = NonNullable<NonNullable<ServiceFile['alerts']>['mail']>;

const PORTS = { implicit: 465, starttls: 587, none: 25 } as const;
const PATH = ['alerts', 'mail'] as const;

export function resolveMail(given: Entry | undefined, reader: Reader): AlertConfig['mail'] {
  if (given === undefined) return null;
  const { host, from, to } = given;
  const tls = given.tls ?? 'starttls';
  const hasAccount = given.user !== undefined;
  const hasSecret = [given.secret, given.secretEnv, given.secretFile].some((way) => way !== undefined);
  if (hasSecret && !hasAccount) reader.refuse([...PATH, 'user'], 'write the account the password belongs to');
  // A password in the clear is a password of everybody on the way.
  if (hasAccount && tls === 'none')
    reader.refuse([...PATH, 'tls'], 'a password must not be sent without TLS; write starttls or implicit');
  const account =
    given.user === undefined
      ? null
      : { user: given.user, password: createSecret(readSecret(given, PATH, reader)) };
  const ca = given.ca === undefined ? null : readAuthority(given.ca, reader);
  return { host, port: given.port ?? PORTS[tls], tls, ca, from, to, account };
}

function readAuthority(file: string, reader: Reader): string | null {
  try {
    return readFileSync(reader.at(file), 'utf8');
  } catch (failure) {
    const why = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown reason';
    reader.refuse([...PATH, 'ca'], `the file cannot be read (${why})`);
    return null;
  }
}
