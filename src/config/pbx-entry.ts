/** One PBX of `dutyline.yaml`: its accounts, TLS, the folder of its sound, its history. */
import { compileRecorderPattern, type RecorderPattern } from '../recordings/matching/recorder-pattern.ts';
import type { AmiAccount, PbxConfig, PbxRecordings, PbxTls } from './config.ts';
import { resolveHistory } from './history-entry.ts';
import type { AccountEntry, PbxEntry } from './pbx-schema.ts';
import type { Reader } from './reader.ts';
import { createSecret } from './secret.ts';
import { readSecret } from './secret-entry.ts';
import { resolveSftp } from './sftp-entry.ts';

type Path = readonly PropertyKey[];

/**
 * One entry of `pbxs` with its defaults filled in.
 *
 * @param path where it stands in the file
 * @param officeZone zone of a PBX that names none of its own
 */
export function resolvePbx(entry: PbxEntry, path: Path, reader: Reader, officeZone: string): PbxConfig {
  const timeZone = entry.timeZone ?? officeZone;
  const account = (name: 'listen' | 'control' | 'recorder' | 'probe'): AmiAccount | null => {
    const given = entry[name];
    return given === undefined ? null : resolveAccount(given, [...path, name], reader);
  };
  const listen = resolveAccount(entry.listen, [...path, 'listen'], reader);
  const recorder = account('recorder');
  if (recorder !== null && recorder.username === listen.username) {
    reader.refuse(
      [...path, 'recorder', 'username'],
      'the recorder needs an account of its own: its class "system" is a shell on the PBX (config/asterisk/manager.conf)',
    );
  }
  if (recorder !== null && !/^\/[A-Za-z0-9_./-]{1,400}$/.test(entry.recordings?.base ?? '')) {
    reader.refuse(
      [...path, 'recordings', 'base'],
      'a recorder needs it: the absolute folder on the PBX, of letters, digits, "_", "-" and "." only',
    );
  }
  const probe = account('probe');
  if (probe !== null && probe.username === listen.username) {
    reader.refuse(
      [...path, 'probe', 'username'],
      'probes need an account of their own: its classes "originate" and "system" may call anybody and are a shell on the PBX (docs/decisions/0012)',
    );
  }
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    host: entry.host,
    port: entry.port ?? (entry.tls === undefined ? 5_038 : 5_039),
    tls: entry.tls === undefined ? null : resolveTls(entry.tls, [...path, 'tls'], reader),
    listen,
    control: account('control'),
    recorder,
    probe,
    trunks: entry.trunks,
    inboundContexts: entry.inboundContexts ?? [],
    timeZone,
    recordings:
      entry.recordings === undefined
        ? null
        : resolveRecordings(entry.recordings, [...path, 'recordings'], reader, entry.host),
    history:
      entry.history === undefined || entry.history === 'none'
        ? null
        : resolveHistory(entry.history, [...path, 'history'], reader, timeZone),
    timeouts: {
      connectMs: (entry.timeouts?.connect ?? 10) * 1_000,
      answerMs: (entry.timeouts?.answer ?? 10) * 1_000,
      pingMs: (entry.timeouts?.ping ?? 15) * 1_000,
    },
  };
}

function resolveTls(tls: NonNullable<PbxEntry['tls']>, path: Path, reader: Reader): PbxTls {
  if ((tls.fingerprint === undefined) === (tls.ca === undefined)) {
    reader.refuse(
      path,
      "write either fingerprint (of the PBX's own certificate) or ca (the file of the authority that signed it)",
    );
  }
  return {
    fingerprint256: tls.fingerprint?.toUpperCase() ?? null,
    caFile: tls.ca === undefined ? null : reader.at(tls.ca),
  };
}

function resolveRecordings(
  given: NonNullable<PbxEntry['recordings']>,
  path: Path,
  reader: Reader,
  host: string,
): PbxRecordings {
  const { base, local, mounted, sftp } = given;
  const ways = [local, mounted, sftp].filter((way) => way !== undefined).length;
  if (ways > 1 || (ways === 0 && reader.isWholeAt(path))) {
    reader.refuse(
      path,
      'write exactly one of local (the PBX runs on this machine), mounted (its folder is shared by network) and sftp (files are fetched)',
    );
  }
  const pattern = given.pattern === undefined ? null : resolvePattern(given.pattern, path, reader);
  if (sftp !== undefined)
    return {
      base,
      kind: 'sftp',
      sftp: resolveSftp(sftp, [...path, 'sftp'], reader, { host, folder: base }),
      pattern,
    };
  return mounted === undefined
    ? { base, folder: reader.at(local ?? base), kind: 'local', pattern }
    : { base, folder: reader.at(mounted), kind: 'mounted', pattern };
}

function resolvePattern(text: string, path: Path, reader: Reader): RecorderPattern | null {
  const compiled = compileRecorderPattern(text);
  if (compiled.ok) return compiled.pattern;
  reader.refuse([...path, 'pattern'], compiled.problem.en);
  return null;
}

function resolveAccount(given: AccountEntry, path: Path, reader: Reader): AmiAccount {
  return { username: given.username, secret: createSecret(readSecret(given, path, reader)) };
}
