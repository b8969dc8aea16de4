/** Reads `dutyline.yaml` and `office.yaml` of one folder with the environment into one frozen `Config`, or says every mistake. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Office } from '../duty/office.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { PROBE_PREFIX } from '../lines/probe-channel.ts';
import type { Config } from './config.ts';
import type { KnownPbx } from './office-check.ts';
import { parseOffice } from './office-file.ts';
import type { Problem } from './problem.ts';
import { writtenNames } from './salvage.ts';
import { resolveService, SERVICE_FILE, type ServiceConfig } from './service-file.ts';
import { serviceSchema } from './service-schema.ts';
import { checkShape } from './shape.ts';
import type { Environment } from './yaml-file.ts';
import { readYaml } from './yaml-file.ts';

const OFFICE_FILE = 'office.yaml';

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ConfigSource {
  /** The folder of the two files. */
  readonly dir: string;
  /** Usually `process.env`. */
  readonly env: Environment;
  /** `unneeded` for commands that read captures on a machine without the passwords: they are then left empty. */
  readonly secrets?: 'needed' | 'unneeded';
}

/** Never throws on what people wrote. */
export function loadConfig({ dir, env, secrets = 'needed' }: ConfigSource): LoadedConfig {
  const folder = resolve(dir);
  const problems: Problem[] = [];
  const service = loadService(folder, env, secrets === 'needed', problems);
  const office = loadOffice(folder, service, problems);
  if (problems.length > 0 || service === null) return { ok: false, problems };
  return { ok: true, config: freeze({ ...service.config, office }) };
}

/** The tracker's set-up of each PBX, the demonstration's too. `office` is the one that counts: the database's, once it is filled. */
export function pbxSetups(config: Config, office: Office): readonly PbxSetup[] {
  return knownPbxs(config).map(({ id, trunks }) => ({
    pbx: id,
    trunks,
    lines: office.lines.filter((line) => line.pbx === id),
    probePrefix: PROBE_PREFIX,
  }));
}

/** The PBXs that lines of an office may name. */
export function knownPbxs(config: Pick<Config, 'demo' | 'pbxs'>): readonly KnownPbx[] {
  const demo =
    config.demo === null
      ? []
      : [{ id: config.demo.pbx, trunks: config.demo.trunks, hasRecorder: true, hasRecordings: true }];
  const real = config.pbxs.map((pbx) => ({
    id: pbx.id,
    trunks: pbx.trunks,
    hasRecorder: pbx.recorder !== null,
    hasRecordings: pbx.recordings !== null,
  }));
  return [...demo, ...real];
}

interface LoadedService {
  readonly config: ServiceConfig;
  /** Names of the file when something in it is wrong. */
  readonly doubtfulNames: ReadonlySet<string> | undefined;
}

function loadService(
  folder: string,
  env: Environment,
  needSecrets: boolean,
  problems: Problem[],
): LoadedService | null {
  const text = readText(folder, SERVICE_FILE);
  if (text === null) {
    problems.push({
      file: SERVICE_FILE,
      line: null,
      key: '',
      message: `not found or not readable in ${folder}`,
    });
    return null;
  }
  const yaml = readYaml(SERVICE_FILE, text, env, needSecrets);
  problems.push(...yaml.problems);
  if (yaml.value === undefined && yaml.problems.length > 0) return null;
  const shaped = checkShape(SERVICE_FILE, yaml, serviceSchema, problems);
  if (shaped.rest === null) return null;
  const before = problems.length;
  const config = resolveService(shaped.rest, shaped, { folder, env, needSecrets });
  const isSound = shaped.isWhole && problems.length === before;
  return { config, doubtfulNames: isSound ? undefined : writtenNames(yaml.value) };
}

function loadOffice(folder: string, service: LoadedService | null, problems: Problem[]): Office | null {
  const text = readText(folder, OFFICE_FILE);
  if (text === null) return null;
  // With a broken dutyline.yaml the PBXs are unknown; the office's own mistakes are still told in the same message.
  const result = parseOffice(text, {
    file: OFFICE_FILE,
    timeZone: service?.config.rules.timeZone ?? 'Asia/Shanghai',
    pbxs: service === null ? null : knownPbxs(service.config),
    ...(service?.doubtfulNames === undefined ? {} : { doubtfulNames: service.doubtfulNames }),
  });
  if (result.ok) return result.office;
  problems.push(...result.problems);
  return null;
}

function readText(folder: string, file: string): string | null {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch {
    // Missing or unreadable: the caller knows whether the file may be absent.
    return null;
  }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
