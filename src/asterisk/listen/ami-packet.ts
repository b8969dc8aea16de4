import { headerText } from './header-text.ts';
import type { Snapshot } from './snapshots.ts';

/** What was forged in a packet, for the log and the screen. All of it is text of the attacker. */
export interface TamperNote {
  /** Headers whose value cannot be known; they read U+FFFD, or are missing when they are not text of a caller. */
  readonly unreadable: readonly string[];
  /** Lines that Asterisk did not write. */
  readonly forgedLines: number;
  /** The beginning of what was sent, at most 200 characters, line ends shown as ⏎, other control characters as ·. */
  readonly sample: string;
}

/** One packet of AMI. Reading is lazy: a header is made into text when it is asked for. */
export interface AmiPacket {
  readonly kind: 'event' | 'response' | 'banner';
  /** Event name, `Success`/`Error`/… of a response, or the whole first line of the connection. */
  readonly name: string;
  readonly tampered: TamperNote | null;
  /** First value of a header (names exactly as Asterisk writes them), undefined when it is missing. */
  get(header: string): string | undefined;
  /** Every value of a repeated header, in order. */
  all(header: string): readonly string[];
  /** Names of all headers, in order. */
  readonly headerNames: readonly string[];
  /** Values of all headers, in the order of `headerNames`. */
  values(): readonly string[];
  /** All headers as pairs, in order. */
  headers(): readonly (readonly [name: string, value: string])[];
}

/** Names of a packet's headers and where each stands first: one of these serves all packets of the same shape. */
export interface HeaderIndex {
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Makes the index of a list of names.
 *
 * @param names header names in order, repeats allowed
 * @returns the index, to be shared by packets
 */
export function headerIndex(names: readonly string[]): HeaderIndex {
  const places = new Map<string, number>();
  names.forEach((name, place) => {
    if (!places.has(name)) places.set(name, place);
  });
  return { names, places };
}

/** A packet that was read around a snapshot of its channel; joined only when somebody wants all of it. */
export interface Pieces {
  /** What the regular expression of the part found; its first element is no value but the whole part. */
  readonly before: readonly string[];
  readonly texts: readonly string[];
  readonly behind: readonly string[];
}

/** What a packet is made of. */
export interface PacketParts {
  readonly kind: AmiPacket['kind'];
  readonly name: string;
  readonly index: HeaderIndex;
  /** The values in the order of `index`: as bytes, one character each, or as text already; or as they were read. */
  readonly raw: readonly string[] | Pieces;
  /** Whether `raw` is text: decoded, or nothing but ASCII. */
  readonly isText: boolean;
  readonly tampered: TamperNote | null;
  /** The known snapshot of its channel that this packet repeats. */
  readonly snapshot: Snapshot | null;
}

/**
 * A class and not a closure, because this is the one object made per packet: five closures each would cost more than
 * the whole parsing of the packet.
 */
export class ParsedPacket implements AmiPacket {
  readonly #parts: PacketParts;

  constructor(parts: PacketParts) {
    this.#parts = parts;
  }

  get kind(): AmiPacket['kind'] {
    return this.#parts.kind;
  }

  get name(): string {
    return this.#parts.name;
  }

  get tampered(): TamperNote | null {
    return this.#parts.tampered;
  }

  get snapshot(): Snapshot | null {
    return this.#parts.snapshot;
  }

  get headerNames(): readonly string[] {
    return this.#parts.index.names;
  }

  /** All values, as bytes or text, in the order of `headerNames`; ASCII values are the same in both. */
  get raw(): readonly string[] {
    const { raw } = this.#parts;
    return isJoined(raw) ? raw : raw.before.slice(1).concat(raw.texts, raw.behind.slice(1));
  }

  /** One value, as in `raw`. */
  rawAt(place: number): string {
    const { raw } = this.#parts;
    if (isJoined(raw)) return raw[place] ?? '';
    const { before, texts, behind } = raw;
    const first = before.length - 1;
    if (place < first) return before[place + 1] ?? '';
    const next = place - first;
    return (next < texts.length ? texts[next] : behind[next - texts.length + 1]) ?? '';
  }

  get(header: string): string | undefined {
    const place = this.#parts.index.places.get(header);
    return place === undefined ? undefined : this.#value(place);
  }

  all(header: string): readonly string[] {
    return this.headerNames.flatMap((name, place) => (name === header ? [this.#value(place)] : []));
  }

  values(): readonly string[] {
    return this.#parts.isText ? this.raw : this.raw.map(headerText);
  }

  headers(): readonly (readonly [name: string, value: string])[] {
    return this.headerNames.map((name, place) => [name, this.#value(place)] as const);
  }

  #value(place: number): string {
    const bytes = this.rawAt(place);
    return this.#parts.isText ? bytes : headerText(bytes);
  }
}

function isJoined(raw: PacketParts['raw']): raw is readonly string[] {
  return Array.isArray(raw);
}
