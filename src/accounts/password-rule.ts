/**
 * What a new password or PIN must be. Refusals say what to change; they never repeat the password.
 */
export interface PasswordRefusal {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const SHORTEST = 8;
const LONGEST = 128;
/** From here on length alone is enough: a sentence is better than a short riddle. */
const LONG_ENOUGH_ALONE = 16;

/** Tried first by everyone who guesses at office systems. Compared without case. */
const WELL_KNOWN = [
  'password',
  'passw0rd',
  'qwertyui',
  'admin123',
  'admin@123',
  'abcd1234',
  'abc12345',
  'a1234567',
  'zhiban123',
  'dutyline',
  '1qaz2wsx',
  'p@ssw0rd',
];

/** Null when `password` may be used by the account named `account`; otherwise what is wrong with it. */
export function refuseWeakPassword(password: string, account: string): PasswordRefusal | null {
  const length = [...password].length;
  if (length < SHORTEST) {
    return refusal('password-too-short', `密码至少 ${SHORTEST} 位。`, `Use at least ${SHORTEST} characters.`);
  }
  if (length > LONGEST) {
    return refusal('password-too-long', `密码最多 ${LONGEST} 位。`, `Use at most ${LONGEST} characters.`);
  }
  const folded = password.toLowerCase();
  if (account.length >= 3 && folded.includes(account.toLowerCase())) {
    return refusal(
      'password-has-account',
      '密码不能包含登录名。',
      'The password must not contain the log-in name.',
    );
  }
  if (WELL_KNOWN.includes(folded) || new Set(folded).size < 4) {
    return refusal(
      'password-well-known',
      '这个密码太常见，请换一个。',
      'This password is among the first guessed.',
    );
  }
  if (length < LONG_ENOUGH_ALONE && kindsOf(password) < 2) {
    return refusal(
      'password-one-kind',
      `密码少于 ${LONG_ENOUGH_ALONE} 位时，字母、数字、符号至少用两种。`,
      `Below ${LONG_ENOUGH_ALONE} characters, use at least two of letters, digits and signs.`,
    );
  }
  return null;
}

/** Null when `pin` may be used for 换人: 4 to 8 digits, not one digit repeated, not a straight run. */
export function refuseWeakPin(pin: string): PasswordRefusal | null {
  if (!/^\d{4,8}$/.test(pin)) {
    return refusal('pin-form', 'PIN 为 4 至 8 位数字。', 'A PIN is 4 to 8 digits.');
  }
  if (isRun(pin, 0) || isRun(pin, 1) || isRun(pin, -1)) {
    return refusal(
      'pin-too-simple',
      'PIN 不能是连号或同一数字。',
      'A PIN must not be a run or one digit repeated.',
    );
  }
  return null;
}

function kindsOf(password: string): number {
  return [/\p{L}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
}

function isRun(pin: string, step: number): boolean {
  return [...pin].every((digit, i) => i === 0 || Number(digit) - Number(pin[i - 1]) === step);
}

function refusal(code: string, zh: string, en: string): PasswordRefusal {
  return { code, zh, en };
}
