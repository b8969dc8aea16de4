/** The keys of one PBX in `dutyline.yaml`: how it is reached, where its sound and its history lie. */
import { z } from 'zod';
import { host, id, path, secrets, text, timeZone, trunk, wholeNumber } from './value.ts';

const account = z.strictObject({
  username: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'write the name of the account in manager.conf'),
  ...secrets,
});

const database = z.strictObject({ url: z.string().min(1).max(2_000), ...secrets });

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

export const pbx = z.strictObject({
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
export type PbxEntry = z.infer<typeof pbx>;

export type HistoryEntry = z.infer<typeof history>;

export type DatabaseEntry = z.infer<typeof database>;

export type SftpEntry = z.infer<typeof sftp>;

export type AccountEntry = z.infer<typeof account>;
