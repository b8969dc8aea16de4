/** What is allowed on a line and what is too long, as the office sets it (configuration `watch`). Pure. */
import { readNumber } from '../directory/number.ts';
import type { Target } from './suspicion.ts';

export interface WatchRules {
  /** The office's own, with its leading 0: how a local number is to be read. */
  readonly areaCode: string;
  /** An answer within so many ms is good, within `lateMs` near the limit, after it late: 附件3 asks for three rings. */
  readonly goodMs: number;
  readonly lateMs: number;
  readonly lines: Readonly<Record<string, LineRules>>;
}

export interface LineRules {
  /** Numbers a call of the line may be passed on to, as anybody writes them. */
  readonly approvedTargets: readonly string[];
  /** Phones that may answer besides the line's own: `PJSIP/1009`. */
  readonly approvedPhones: readonly string[];
  /** Sound files of the approved 录音告知语, as the dialplan names them: `custom/notice`. */
  readonly approvedSounds: readonly string[];
}

/** Three rings of the Chinese tone are 11 s (1 s on, 4 s off), a fourth begins at 15 s. */
export const RING_LIMITS = { goodMs: 11_000, lateMs: 15_000 } as const;

export const NOTHING_APPROVED: LineRules = { approvedTargets: [], approvedPhones: [], approvedSounds: [] };

export function rulesOfLine(rules: WatchRules, line: string): LineRules {
  return rules.lines[line] ?? NOTHING_APPROVED;
}

/** Who is behind a number that a call went to. An access digit in front (`9139…`) changes nothing. */
export function targetOf(number: string, rules: WatchRules, line: string): Target {
  const read = readNumber(number, rules.areaCode);
  const approved = rulesOfLine(rules, line).approvedTargets;
  const isApproved = approved.some((one) => {
    const key = readNumber(one, rules.areaCode).matchKey;
    return key !== null && key === read.matchKey;
  });
  if (isApproved) return 'approved';
  return read.kind === 'mobile' ? 'mobile' : 'unknown';
}

/**
 * Is everything that is played an approved 录音告知语? `files` as an application names them (`silence/1&custom/notice`): each with or
 * without a folder in front and an ending behind; a pause needs nobody's leave, and pauses alone say nothing.
 */
export function areApprovedSounds(files: string, approvedSounds: readonly string[]): boolean {
  const approved = approvedSounds.map(plainName);
  return files
    .split('&')
    .map(plainName)
    .filter((name) => name !== '' && !name.startsWith('silence/'))
    .every((name) => approved.some((one) => name === one || name.endsWith(`/${one}`)));
}

function plainName(file: string): string {
  return file.trim().replace(/\.(wav|gsm|alaw|ulaw|sln|mp3)$/i, '');
}
