/** The JSON that CEL writes beside an event. Callers can influence parts of it, and older rows may be cut short. */

/** The texts and numbers of a row's `extra`; empty when it is no JSON object. */
export function readExtra(extra: string): ReadonlyMap<string, string> {
  if (!extra.startsWith('{')) return new Map();
  try {
    const read: unknown = JSON.parse(extra);
    if (typeof read !== 'object' || read === null) return new Map();
    const plain = Object.entries(read).filter(
      ([, value]) => typeof value === 'string' || typeof value === 'number',
    );
    return new Map(plain.map(([key, value]) => [key, String(value)]));
  } catch {
    // A row cut at the width of its column is no JSON any more; JSON.parse has no other way to say so.
    return new Map();
  }
}
