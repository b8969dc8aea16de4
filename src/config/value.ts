/** The kinds of values the two files hold. Every value arrives as text (`yaml-file.ts`), so each kind reads it from text. */
import { z } from 'zod';

/** A name in our own files that others refer to: letters, digits, `-`, `_`. */
export const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
    'write a short name of letters, digits, - and _, such as main-room',
  );

/** Text shown to people. */
export function text(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `at most ${longest} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'contains control characters; write plain text on one line');
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const message = `write a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

export const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** An Asterisk endpoint such as `PJSIP/1001` or `DAHDI/1`. */
export const endpoint = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*\/[A-Za-z0-9_.+@-]{1,79}$/, 'write technology and name, such as PJSIP/1001');

/** A trunk: an endpoint, or a channel pattern in which `*` stands for anything: `DAHDI/1-*`. */
export const trunk = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9]*\/[A-Za-z0-9_.+@*-]{1,79}$/,
    'write technology and name, such as PJSIP/telco, or a pattern such as DAHDI/1-*',
  );

/** A telephone number as printed: digits, `+`, spaces, hyphens, brackets. */
export const telephoneNumber = z
  .string()
  .regex(/^[+(]?[0-9][0-9 ()-]{1,24}$/, 'write a telephone number, such as 0954-2035678');

/** Digits exactly as the trunk sends them. */
export const did = z
  .string()
  .regex(/^\+?[0-9*#]{1,32}$/, 'write the digits as the trunk sends them, such as 09542035678');

/** A path on this machine. */
export const path = z.string().min(1).max(1_000);

export const host = z
  .string()
  .regex(/^[A-Za-z0-9:._-]{1,253}$/, 'write a host name or an address, such as 192.168.1.10');

/** The keys by which a secret is given; which of them there may be says `secret-entry.ts`. */
export const secrets = {
  secretEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'write the name of an environment variable, not the password itself')
    .optional(),
  secretFile: path.optional(),
  secret: z.string().optional(),
};

export const timeZone = z.string().refine(isTimeZone, 'write an IANA name, such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl says "unknown zone" by throwing RangeError and offers no other question.
    return false;
  }
}
