/** One action for the PBX. PURE: what may be written on the wire at all. */

/** Headers in the order they are given; an object value repeats the header, one `name=value` each. */
export interface AmiAction {
  readonly action: string;
  readonly headers: Readonly<Record<string, string>>;
}

const NAME = /^[A-Za-z][A-Za-z0-9]{0,40}$/;
const LONGEST_VALUE = 2_000;

/**
 * Says whether nothing in the action can become another header or another packet. Asterisk 16 and 22 take a CR or LF
 * in any value as the end of the header (seen with Getvar and with ActionID), asterisk-manager does not look.
 */
export function isSafeAction(action: AmiAction): boolean {
  if (!NAME.test(action.action)) return false;
  return Object.entries(action.headers).every(
    ([name, value]) =>
      NAME.test(name) &&
      !/^action(id)?$/i.test(name) &&
      value.length <= LONGEST_VALUE &&
      !/\p{Cc}/u.test(value),
  );
}

/** One packet of an answer. Of a repeated header the first counts, since a caller may forge the others. */
export interface AmiPacket {
  /** Value by header name in lower case. */
  get(header: string): string | undefined;
  has(header: string): boolean;
  /** The `Variable: NAME=value` headers of a Status row. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * Brings asterisk-manager's object into one shape. It makes `Variable: A=b` an object, repeated headers an array, and
 * keeps the colon of headers without a value (`Value:` sent by Asterisk for an empty variable).
 */
export function normalisePacket(item: unknown): AmiPacket {
  const headers = new Map<string, string>();
  const variables = new Map<string, string>();
  for (const [key, value] of isObject(item) ? Object.entries(item) : []) {
    const name = key.endsWith(':') ? key.slice(0, -1) : key;
    if (isObject(value) && !Array.isArray(value)) {
      for (const [variable, text] of Object.entries(value)) variables.set(variable, textOf(text));
    } else if (!headers.has(name)) {
      headers.set(name, textOf(value));
    }
  }
  return { get: (header) => headers.get(header), has: (header) => headers.has(header), variables };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value[0]);
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
