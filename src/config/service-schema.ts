/** The keys of `dutyline.yaml`. `config/README.md` explains each; a test compares the two. */
import { z } from 'zod';
import { LEVELS } from '../duty/report-limits.ts';
import { pbx } from './pbx-schema.ts';
import { host, id, path, secrets, text, timeZone, wholeNumber, yesNo } from './value.ts';
import { watch } from './watch-schema.ts';

const mailbox = z
  .string()
  .regex(/^[^\s@<>"',;]{1,64}@[A-Za-z0-9.-]{1,190}$/, 'write one address, such as zhiban@example.gov.cn');

/** Minutes of a 时限, or 第一时间. */
const limit = z.union([z.literal('at-once'), wholeNumber(1, 1_440)], {
  error: 'write minutes from 1 to 1440, or at-once',
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
