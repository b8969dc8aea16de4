/**
 * Chinese telephone numbers as trunks, gateways and people write them, brought to one form by which two of them can be
 * compared. The raw text is kept elsewhere; nothing here is ever a number type. Plans: fixed lines are a leading 0, a two-
 * or three-digit area code and 7 or 8 digits that begin with 2 to 8; mobiles 1[3-9] and nine digits (the carrier cannot
 * be told since numbers are ported); 400 and 800; service codes of three to six digits.
 */
export type NumberKind =
  | 'withheld'
  /** A caller forged the text it stood in (D2b). */
  | 'unreadable'
  | 'mobile'
  | 'fixed'
  | 'service'
  /** Extension of an own or neighbouring switchboard. */
  | 'extension'
  | 'foreign'
  /** Anything else, kept as it came. */
  | 'other';

export interface PhoneNumber {
  readonly kind: NumberKind;
  /** The same for every way of writing one number; null when there is none. */
  readonly matchKey: string | null;
  /** Grouped for reading: `0954-2035678`, `139 0000 1111`; null when withheld or unreadable. */
  readonly shown: string | null;
}

/** Not seen, yet U+202E shows the digits after it in the other order: a number that is read out wrong. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
const WITHHELD = /^(anonymous|unknown|unavailable|restricted|private|withheld|asterisk|<unknown>|s)?$/i;
const UNREADABLE = /^\ufffd+$/;
const MOBILE = /^1[3-9]\d{9}$/;
const FIXED = /^(0(?:10|2\d|[3-9]\d{2}))([2-8]\d{6,7})$/;
const LOCAL = /^[2-8]\d{6,7}$/;
/** Emergency and enquiry codes, 12345 and its sisters, operators' 100xx, banks' 95xxx, local 96xxx. */
const SERVICE = /^(1\d{2}|12\d{3}|100\d{2}|1\d{4}|9[56]\d{3,4}|[48]00\d{7})$/;
const AREA_BEFORE_SERVICE = /^(0(?:10|2\d|[3-9]\d{2}))(1\d{2}|12\d{3}|9[56]\d{3,4})$/;

/**
 * Reads one number. `areaCode` is the office's own with its leading 0; a seven- or eight-digit number is taken to lie in
 * it. Never throws; what it does not know comes back as `other` with its text, invisible characters aside, unchanged.
 */
export function readNumber(raw: string | null, areaCode: string): PhoneNumber {
  const text = (raw ?? '').replace(INVISIBLE, '').trim();
  if (WITHHELD.test(text)) return { kind: 'withheld', matchKey: null, shown: null };
  if (UNREADABLE.test(text)) return { kind: 'unreadable', matchKey: null, shown: null };
  const bare = withoutSeparators(text);
  if (!/^\+?\d+$/.test(bare)) return { kind: 'other', matchKey: text, shown: text };
  const abroad = /^(?:\+|00)(?!86)(\d{5,})$/.exec(bare);
  if (abroad?.[1] !== undefined) {
    return { kind: 'foreign', matchKey: `+${abroad[1]}`, shown: `+${abroad[1]}` };
  }
  for (const candidate of readings(bare)) {
    const known = recognise(candidate, areaCode);
    if (known !== undefined) return known;
  }
  if (/^\d{3,6}$/.test(bare)) return { kind: 'extension', matchKey: bare, shown: bare };
  return { kind: 'other', matchKey: bare, shown: text };
}

/** Whether a number belongs to a mobile telephone: a line forwarded to one is what inspectors look for. */
export function isMobile(raw: string | null, areaCode: string): boolean {
  return readNumber(raw, areaCode).kind === 'mobile';
}

/** Full-width digits and signs to plain ones; blanks, hyphens, dots, brackets and slashes away. */
function withoutSeparators(text: string): string {
  return text
    .replace(/[\uff10-\uff19\uff0b]/g, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/[\s().·/\uff08\uff09\u2010-\u2015\uff0d-]/g, '');
}

/** The ways one row of digits may be meant, most literal first: with country code, trunk prefix 9 or a stray 0. */
function* readings(bare: string): Generator<string> {
  const national = /^(?:\+86|0086)0?(\d+)$/.exec(bare)?.[1];
  if (national !== undefined) {
    yield national;
    yield `0${national}`;
    return;
  }
  yield bare;
  // Carriers hand over 86139… and 86954… without any sign before the country code.
  const afterCountry = /^86(\d{9,11})$/.exec(bare)?.[1];
  if (afterCountry !== undefined) {
    yield afterCountry;
    yield `0${afterCountry}`;
  }
  // Gateways put a 0 before mobiles of another city.
  if (/^01[3-9]\d{9}$/.test(bare)) yield bare.slice(1);
  // 9 fetches an outside line on most office switchboards and stays in the caller number of some of them.
  if (/^9(0\d{9,11}|01[3-9]\d{9}|1[3-9]\d{9}|[2-8]\d{6,7})$/.test(bare)) {
    yield bare.slice(1);
    if (bare.startsWith('901')) yield bare.slice(2);
  }
  // Some trunks cut the leading 0 of an area code.
  if (/^((10|2\d)[2-8]\d{7}|[3-9]\d{2}[2-8]\d{6,7})$/.test(bare)) yield `0${bare}`;
}

function recognise(digits: string, areaCode: string): PhoneNumber | undefined {
  if (MOBILE.test(digits)) {
    return {
      kind: 'mobile',
      matchKey: digits,
      shown: `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
    };
  }
  const tollFree = /^([48]00)(\d{3})(\d{4})$/.exec(digits);
  if (tollFree !== null) {
    return { kind: 'service', matchKey: digits, shown: `${tollFree[1]}-${tollFree[2]}-${tollFree[3]}` };
  }
  if (SERVICE.test(digits)) return { kind: 'service', matchKey: digits, shown: digits };
  const fixed = FIXED.exec(digits);
  if (fixed?.[1] !== undefined && fixed[2] !== undefined) return fixedLine(fixed[1], fixed[2]);
  if (LOCAL.test(digits)) return fixedLine(areaCode, digits);
  const service = AREA_BEFORE_SERVICE.exec(digits);
  if (service?.[1] !== undefined && service[2] !== undefined) {
    const key = service[1] === areaCode ? service[2] : digits;
    return { kind: 'service', matchKey: key, shown: `${service[1]}-${service[2]}` };
  }
  return undefined;
}

function fixedLine(area: string, local: string): PhoneNumber {
  return { kind: 'fixed', matchKey: `${area}${local}`, shown: `${area}-${local}` };
}
