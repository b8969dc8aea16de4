/** What Dial and Queue are told: whom to ring, and what the caller hears meanwhile. */
import { numberDialled } from '../lines/endpoint.ts';
import { isKnown, shownText, splitOutside, withoutUnknown } from './unknown-text.ts';

export type DialTarget =
  /** A telephone of the PBX, `PJSIP/1001`. */
  | { readonly kind: 'phone'; readonly endpoint: string }
  /** Somebody outside, by a trunk. `number` as dialled there; unknown parts as the dialplan writes them. */
  | { readonly kind: 'outside'; readonly endpoint: string; readonly number: string }
  /** A wire back into the dialplan. Extension and context may hold unknown parts. */
  | { readonly kind: 'local'; readonly extension: string; readonly context: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** Reads one target of Dial, or the interface of a queue's member. */
export function dialTarget(text: string, isTrunk: (endpoint: string) => boolean): DialTarget {
  const plain = text.trim();
  const slash = plain.indexOf('/');
  const technology = slash === -1 ? '' : plain.slice(0, slash);
  const rest = plain.slice(slash + 1);
  if (technology === '' || !isKnown(technology)) return { kind: 'unknown', text: shownText(plain) };
  if (technology.toLowerCase() === 'local') return localTarget(rest, plain);
  const { endpoint, number } = endpointAndNumber(technology, rest);
  if (!isKnown(endpoint) && number === null) return { kind: 'unknown', text: shownText(plain) };
  // `DAHDI/g0`, `r1`: any free line of a group, which are lines of the exchange.
  const isGroup = /^DAHDI\/[gGrR]\d/.test(endpoint);
  if (isTrunk(endpoint) || isGroup || number !== null) {
    const shown = shownText(number ?? numberDialled(plain));
    return { kind: 'outside', endpoint: shownText(endpoint), number: shown };
  }
  return { kind: 'phone', endpoint };
}

/** `1001@from-internal/n`: the letters behind the last slash are options. */
function localTarget(rest: string, plain: string): DialTarget {
  const address = rest.replace(/\/[a-z]+$/, '');
  const at = address.lastIndexOf('@');
  if (at === -1) return { kind: 'unknown', text: shownText(plain) };
  return { kind: 'local', extension: address.slice(0, at), context: address.slice(at + 1) };
}

/** `13900001111@telco`, `telco/13900001111`, `g0/13900001111`, `1001/sip:1001@192.0.2.7` (a contact: no number), `1001`. */
function endpointAndNumber(
  technology: string,
  rest: string,
): { readonly endpoint: string; readonly number: string | null } {
  const [first = '', ...behind] = rest.split('/');
  if (behind.length > 0) {
    const isContact = /^sips?:/i.test(behind.join('/'));
    return { endpoint: `${technology}/${first}`, number: isContact ? null : behind.join('/') };
  }
  const at = first.lastIndexOf('@');
  if (at === -1) return { endpoint: `${technology}/${first}`, number: null };
  return { endpoint: `${technology}/${first.slice(at + 1)}`, number: first.slice(0, at) };
}

/** The letters of an option text with what stands in brackets behind each: `Ttm(crbt)b(x^s^1)` → T, t, m → crbt, b → x^s^1. */
export function optionsOf(text: string): ReadonlyMap<string, string | null> {
  const options = new Map<string, string | null>();
  // Unknown parts are some options or other; what stands round them is still read.
  const letters = [...withoutUnknown(text)];
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    if (!/[A-Za-z]/.test(letter)) continue;
    const end = letters[at + 1] === '(' ? closingOf(letters, at + 1) : at;
    options.set(letter, end > at ? letters.slice(at + 2, end).join('') : null);
    at = end;
  }
  return options;
}

function closingOf(letters: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < letters.length; at += 1) {
    if (letters[at] === '(') depth += 1;
    else if (letters[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return letters.length;
}

/** What the caller hears by Dial's options instead of plain ringing; null: plain ringing. */
export function soundOfOptions(
  text: string,
): { readonly sound: 'music' | 'tone'; readonly name: string } | null {
  const options = optionsOf(text);
  if (options.has('m')) return { sound: 'music', name: options.get('m') || 'default' };
  const tone = options.get('r') ?? '';
  return tone === '' || isPlainTone(tone) ? null : { sound: 'tone', name: tone };
}

/** The tones of a country's list that people know from the telephone. `callwaiting` is FreePBX's for a phone in use. */
const PLAIN_TONES: ReadonlySet<string> = new Set([
  'ring',
  'ringing',
  'callwaiting',
  'busy',
  'congestion',
  'dial',
  'info',
  'stutter',
  'dialrecall',
  'record',
]);

/** False for a tone that is spelled out, `400/500,0/500`, or for one of the office's own. */
export function isPlainTone(name: string): boolean {
  return PLAIN_TONES.has((name.split(';')[0] ?? '').trim().toLowerCase());
}

/** An application's arguments, trimmed. */
export function argumentsOf(data: string): readonly string[] {
  return splitOutside(data, ',').map((part) => part.trim());
}
