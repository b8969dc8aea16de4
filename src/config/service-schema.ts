/** The keys of `dutyline.yaml`. `config/README.md` explains each; a test compares the two. */
import { z } from 'zod';
import { LEVELS } from '../duty/report-limits.ts';
import { endpoint, id, telephoneNumber, text, trunk, wholeNumber, yesNo } from './value.ts';

const path = z.string().min(1).max(1_000);
const host = z
  .string()
  .regex(/^[A-Za-z0-9:._-]{1,253}$/, 'write a host name or an address, such as 192.168.1.10');

const secrets = {
  secretEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'write the name of an environment variable, not the password itself')
    .optional(),
  secretFile: path.optional(),
  secret: z.string().optional(),
};

const mailbox = z
  .string()
  .regex(/^[^\s@<>"',;]{1,64}@[A-Za-z0-9.-]{1,190}$/, 'write one address, such as zhiban@example.gov.cn');

const account = z.strictObject({
  username: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'write the name of the account in manager.conf'),
  ...secrets,
});

const database = z.strictObject({ url: z.string().min(1).max(2_000), ...secrets });

const timeZone = z.string().refine(isTimeZone, 'write an IANA name, such as Asia/Shanghai');

const history = z.strictObject({
  csv: z.strictObject({ cel: path.optional(), cdr: path.optional() }).optional(),
  mysql: database.optional(),
  postgres: database.optional(),
  sqlite: path.optional(),
  timeZone: timeZone.optional(),
});

/** A folder on the PBX's machine. */
const folderThere = z
  .string()
  .regex(
    /^\/(?!.*\/\.\.(\/|$))[^\p{Cc}]*$/u,
    'write the absolute folder on the PBX, such as /var/spool/asterisk/monitor',
  );

const sftp = z.strictObject({
  host: host.optional(),
  port: wholeNumber(1, 65_535).optional(),
  user: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, 'write the name of the account on the PBX'),
  keyFile: path.optional(),
  keyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'write the name of an environment variable, not the key itself')
    .optional(),
  hostKey: z
    .string()
    .regex(
      /^SHA256:[A-Za-z0-9+/]{43}$/,
      'write the fingerprint as ssh-keygen prints it, SHA256: and 43 characters (docs/guides/asterisk.md says how)',
    ),
  folder: folderThere.optional(),
});

/** Minutes of a 时限, or 第一时间. */
const limit = z.union([z.literal('at-once'), wholeNumber(1, 1_440)], {
  error: 'write minutes from 1 to 1440, or at-once',
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day, such as 07:50');

/** `22:30-06:30`; over midnight where the end is the earlier one. */
const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'write two times of day, such as 22:30-06:30');

const probe = z.strictObject({
  trunks: z
    .array(
      z.strictObject({
        pbx: id.optional(),
        trunk: endpoint,
        shows: z.array(telephoneNumber).min(1).max(10),
        prefix: z
          .string()
          .regex(/^[0-9*#]{1,8}$/, 'write the digits that lead outside, such as 9')
          .optional(),
      }),
    )
    .min(1)
    .max(20),
  ring: wholeNumber(5, 60).optional(),
  noAnswer: wholeNumber(15, 120).optional(),
  mostADay: wholeNumber(1, 100).optional(),
  quiet: z.union([z.literal('none'), z.array(span).max(10)]).optional(),
  beforeShift: z.union([z.literal('never'), wholeNumber(1, 240)]).optional(),
  offPeak: z.array(span).max(10).optional(),
  atHandOver: yesNo.optional(),
  notice: z
    .string()
    .regex(
      /^\/?[A-Za-z0-9][A-Za-z0-9_/-]{0,78}$/,
      'write the sound file as the dialplan would, without its ending, such as dutyline/probe-notice',
    )
    .optional(),
});

const watch = z.strictObject({
  settings: z
    .strictObject({
      every: wholeNumber(5, 1_440).optional(),
      at: z.array(timeOfDay).max(24).optional(),
      afterCode: wholeNumber(1, 300).optional(),
    })
    .optional(),
  codes: z
    .array(
      z.strictObject({
        dial: z
          .string()
          .regex(
            /^[0-9*#]{0,10}(\{number\})?[0-9*#]{0,4}$/,
            'write what is dialled, with {number} for the number: *57*{number}#',
          )
          .refine((dial) => /[*#]/.test(dial), 'a code has a * or a #, else every number would be one'),
        change: z.enum(['set', 'removed', 'toggled']),
        condition: z.enum(['always', 'no-answer', 'busy', 'unreachable', 'all']),
      }),
    )
    .max(200)
    .optional(),
  ring: z
    .strictObject({ good: wholeNumber(1, 120).optional(), late: wholeNumber(1, 300).optional() })
    .optional(),
  lines: z
    .record(
      id,
      z.strictObject({
        approvedTargets: z.array(text(40)).max(50).optional(),
        approvedPhones: z.array(trunk).max(50).optional(),
        approvedSounds: z.array(text(79)).max(50).optional(),
      }),
    )
    .optional(),
  probe: probe.optional(),
});

const pbx = z.strictObject({
  id,
  name: text(40).optional(),
  host,
  port: wholeNumber(1, 65_535).optional(),
  tls: z
    .strictObject({
      fingerprint: z
        .string()
        .regex(
          /^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/,
          'write the SHA-256 fingerprint: 32 pairs of hex digits with colons',
        )
        .optional(),
      ca: path.optional(),
    })
    .optional(),
  listen: account,
  control: account.optional(),
  recorder: account.optional(),
  probe: account.optional(),
  trunks: z.array(trunk).min(1),
  inboundContexts: z
    .array(z.string().regex(/^[A-Za-z0-9_.-]{1,79}$/, 'write the name of a context, such as from-pstn'))
    .optional(),
  timeZone: timeZone.optional(),
  recordings: z
    .strictObject({
      base: folderThere,
      local: path.optional(),
      mounted: path.optional(),
      sftp: sftp.optional(),
      pattern: z.string().optional(),
    })
    .optional(),
  history: z.union([z.literal('none'), history]).optional(),
  timeouts: z
    .strictObject({
      connect: wholeNumber(1, 120).optional(),
      answer: wholeNumber(1, 120).optional(),
      ping: wholeNumber(5, 300).optional(),
    })
    .optional(),
});

export const serviceSchema = z.strictObject({
  http: z
    .strictObject({
      port: wholeNumber(0, 65_535).optional(),
      host: host.optional(),
      names: z.array(host).optional(),
      certificate: path.optional(),
      key: path.optional(),
      allowPlainHttp: yesNo.optional(),
      trustProxy: z
        .array(
          z
            .string()
            .regex(/^[0-9A-Fa-f:.]+(\/\d{1,3})?$/, 'write an address or a network, such as 10.0.0.0/8'),
        )
        .optional(),
    })
    .optional(),
  storage: z
    .strictObject({
      database: z.string().min(1).optional(),
      recordings: path.optional(),
      state: path.optional(),
      encryption: z
        .strictObject({ keyFile: path.optional(), keys: z.array(z.string()).min(1).optional() })
        .optional(),
      secondCopy: z.strictObject({ folder: path, verifyDays: wholeNumber(1, 3_650).optional() }).optional(),
      retention: z
        .strictObject({
          reserveGb: wholeNumber(0, 100_000).optional(),
          warnDays: wholeNumber(1, 3_650).optional(),
          rules: z
            .array(
              z.strictObject({
                unit: id.optional(),
                kind: z.enum(['talk', 'before-answer', 'no-record', 'probe']),
                days: wholeNumber(1, 36_500),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
  redis: z.strictObject({ url: z.string().optional() }).optional(),
  roles: z
    .array(z.enum(['listen', 'web', 'work']))
    .min(1)
    .optional(),
  rules: z
    .strictObject({
      timeZone: timeZone.optional(),
      areaCode: z
        .string()
        .regex(/^0\d{2,3}$/, 'write the area code with its 0, such as 0954')
        .optional(),
      numberPattern: text(40)
        .refine(
          (pattern) => pattern.includes('{year}') && pattern.includes('{n}'),
          'must contain {year} and {n}, such as 值电〔{year}〕{n}号',
        )
        .optional(),
      practiceFields: yesNo.optional(),
      lockAfter: wholeNumber(0, 1_440).optional(),
      reporting: z
        .strictObject({
          profile: z.enum(['notice', 'township']).optional(),
          from: z.enum(['received', 'occurred']).optional(),
          levels: z
            .partialRecord(
              z.enum(LEVELS),
              z.strictObject({ telephone: limit.optional(), written: limit.optional() }),
            )
            .optional(),
          townshipRooms: z.array(id).max(1_000).optional(),
        })
        .optional(),
      attachments: z
        .strictObject({
          mostMb: wholeNumber(1, 200).optional(),
          mostOfRecord: wholeNumber(1, 100).optional(),
        })
        .optional(),
    })
    .optional(),
  alerts: z
    .strictObject({
      webhook: z.string().optional(),
      signingKey: z.string().optional(),
      mail: z
        .strictObject({
          host,
          port: wholeNumber(1, 65_535).optional(),
          tls: z.enum(['implicit', 'starttls', 'none']).optional(),
          ca: path.optional(),
          from: mailbox,
          to: z.array(mailbox).min(1).max(20),
          user: text(200).optional(),
          ...secrets,
        })
        .optional(),
      after: wholeNumber(5, 86_400).optional(),
      callBack: z
        .strictObject({
          seats: wholeNumber(1, 1_440).optional(),
          leader: wholeNumber(1, 1_440).optional(),
          superiorSeats: wholeNumber(1, 1_440).optional(),
          superiorLeader: wholeNumber(1, 1_440).optional(),
        })
        .optional(),
    })
    .optional(),
  watch: watch.optional(),
  demo: z.enum(['auto', 'off']).optional(),
  pbxs: z.array(pbx).optional(),
});

export type ServiceFile = z.infer<typeof serviceSchema>;
export type PbxEntry = z.infer<typeof pbx>;
export type HistoryEntry = z.infer<typeof history>;
export type DatabaseEntry = z.infer<typeof database>;
export type ProbeEntry = z.infer<typeof probe>;
export type SftpEntry = z.infer<typeof sftp>;
export type AccountEntry = z.infer<typeof account>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl says "unknown zone" by throwing RangeError and offers no other question.
    return false;
  }
}
