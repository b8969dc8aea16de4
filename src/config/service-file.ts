/** From the keys of `dutyline.yaml` and the environment to the `Config` without the office: defaults, paths, secrets, cross-checks. */

import { resolve } from 'node:path';
import { CALLBACK_RULE, type CallbackRule } from '../duty/callback.ts';
import type { Config, HttpConfig } from './config.ts';
import { DEMO_PBX } from './config.ts';
import { resolveMail } from './mail-entry.ts';
import { resolvePbx } from './pbx-entry.ts';
import { resolveProbe } from './probe-entry.ts';
import type { Reader } from './reader.ts';
import { resolveReporting } from './reporting-entry.ts';
import { createSecret } from './secret.ts';
import type { ServiceFile } from './service-schema.ts';
import { resolveSettingsWatch } from './settings-watch-entry.ts';
import type { Shaped } from './shape.ts';
import { protocolOf, resolveStorage } from './storage-entry.ts';
import { resolveWatch } from './watch-entry.ts';
import type { Environment } from './yaml-file.ts';

export const SERVICE_FILE = 'dutyline.yaml';

export type ServiceConfig = Omit<Config, 'office'>;

export interface ServiceSource {
  /** The folder of the file: relative paths start there. */
  readonly folder: string;
  readonly env: Environment;
  readonly needSecrets: boolean;
}

/** Mistakes are told by the `refuse` of `shaped`. */
export function resolveService(
  file: ServiceFile,
  { refuse, isFromEnvironment, isWhole, isWholeAt }: Omit<Shaped<ServiceFile>, 'rest'>,
  { folder, env, needSecrets }: ServiceSource,
): ServiceConfig {
  const reader: Reader = {
    at: (path) => resolve(folder, path),
    env,
    needSecrets,
    refuse,
    isFromEnvironment,
    isWholeAt,
  };
  const entries = file.pbxs ?? [];
  const timeZone = file.rules?.timeZone ?? 'Asia/Shanghai';
  const areaCode = file.rules?.areaCode ?? '0954';
  const isDemo = entries.length === 0 && file.demo !== 'off';
  if (isWhole && entries.length === 0 && file.demo === 'off') {
    refuse(['pbxs'], 'no PBX is configured and the demonstration is off; add a PBX or write demo: auto');
  }
  entries.forEach((entry, i) => {
    if (entry.id === DEMO_PBX)
      refuse(['pbxs', i, 'id'], `"${DEMO_PBX}" is the demonstration's own name; choose another`);
    if (entries.findIndex((other) => other.id === entry.id) < i)
      refuse(['pbxs', i, 'id'], `"${entry.id}" is used twice`);
  });
  const storage = resolveStorage(file.storage, reader, isDemo);
  // D12 splits them one day. Taken without a word, two such processes would both listen.
  if (file.roles !== undefined && new Set(file.roles).size < 3) {
    const why =
      storage.database.kind === 'sqlite'
        ? 'a SQLite file serves one process with all roles; leave roles out'
        : 'this version does everything in one process; leave roles out';
    refuse(['roles'], why);
  }
  return {
    folder,
    http: resolveHttp(file.http, reader),
    storage,
    redis: resolveRedis(file.redis?.url, reader),
    rules: {
      timeZone,
      areaCode,
      numberPattern: file.rules?.numberPattern ?? '值电〔{year}〕{n}号',
      practiceFields: file.rules?.practiceFields ?? false,
      reportLimits: resolveReporting(file.rules?.reporting),
      lockAfterMs: (file.rules?.lockAfter ?? 10) * 60_000,
      attachments: {
        mostBytes: (file.rules?.attachments?.mostMb ?? 20) * 1_000_000,
        mostOfRecord: file.rules?.attachments?.mostOfRecord ?? 20,
      },
    },
    alerts: {
      webhook: resolveWebhook(file.alerts?.webhook, reader),
      signingKey: resolveSigningKey(file.alerts?.signingKey, reader),
      mail: resolveMail(file.alerts?.mail, reader),
      afterMs: (file.alerts?.after ?? 60) * 1_000,
      callBack: resolveCallBack(file.alerts?.callBack),
    },
    settingsWatch: resolveSettingsWatch(file.watch),
    probe: resolveProbe(file.watch?.probe, entries, timeZone, reader),
    watch: resolveWatch(file.watch, areaCode, reader),
    demo: isDemo ? { pbx: DEMO_PBX, trunks: ['PJSIP/telco'] } : null,
    pbxs: entries.map((entry, i) => resolvePbx(entry, ['pbxs', i], reader, timeZone)),
  };
}

/** Minutes in the file, ms here. */
function resolveCallBack(given: NonNullable<ServiceFile['alerts']>['callBack']): CallbackRule {
  const { others, superiors } = CALLBACK_RULE;
  const ms = (minutes: number | undefined, otherwise: number) =>
    minutes === undefined ? otherwise : minutes * 60_000;
  return {
    others: { seatsMs: ms(given?.seats, others.seatsMs), leaderMs: ms(given?.leader, others.leaderMs) },
    superiors: {
      seatsMs: ms(given?.superiorSeats, superiors.seatsMs),
      leaderMs: ms(given?.superiorLeader, superiors.leaderMs),
    },
  };
}

function resolveHttp(http: ServiceFile['http'], reader: Reader): HttpConfig {
  const { certificate, key } = http ?? {};
  if ((certificate === undefined) !== (key === undefined)) {
    const missing = certificate === undefined ? 'certificate' : 'key';
    reader.refuse(
      ['http', missing],
      'is missing: certificate and key belong together; leave both out for a generated one',
    );
  }
  return {
    host: http?.host ?? null,
    port: portFromEnvironment(reader) ?? http?.port ?? 8_080,
    names: http?.names ?? [],
    certificate:
      certificate === undefined || key === undefined
        ? null
        : { certFile: reader.at(certificate), keyFile: reader.at(key) },
    allowPlainHttp: http?.allowPlainHttp ?? false,
    trustProxy: http?.trustProxy ?? [],
  };
}

function portFromEnvironment({ env, refuse }: Reader): number | null {
  const value = env.PORT;
  if (value === undefined || value === '') return null;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  refuse(['PORT'], 'this environment variable must be a whole number from 0 to 65535');
  return null;
}

function resolveRedis(configured: string | undefined, reader: Reader): Config['redis'] {
  const url = reader.env.REDIS_URL || configured;
  if (url === undefined) return null;
  if (!/^rediss?:$/.test(protocolOf(url) ?? '')) reader.refuse(['redis', 'url'], 'write redis://HOST:PORT');
  return createSecret(url);
}

function resolveWebhook(webhook: string | undefined, reader: Reader): Config['alerts']['webhook'] {
  if (webhook === undefined) return null;
  if (!/^https?:$/.test(protocolOf(webhook) ?? ''))
    reader.refuse(['alerts', 'webhook'], 'write an address that begins with https:// or http://');
  return createSecret(webhook);
}

function resolveSigningKey(key: string | undefined, reader: Reader): Config['alerts']['signingKey'] {
  if (key === undefined) return null;
  if (!reader.isFromEnvironment(['alerts', 'signingKey']))
    reader.refuse(
      ['alerts', 'signingKey'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what people write into the file
      'a key must not stand in this file; write ${NAME} and set NAME for the service',
    );
  return createSecret(key);
}
