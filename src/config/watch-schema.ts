/** The keys under `watch` in `dutyline.yaml`: what is looked for, and the 拨测 that are placed. */
import { z } from 'zod';
import { endpoint, id, telephoneNumber, text, trunk, wholeNumber, yesNo } from './value.ts';

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

export const watch = z.strictObject({
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
export type ProbeEntry = z.infer<typeof probe>;
