import { headerText } from './header-text.ts';
import { SNAPSHOT_HEADERS, type Snapshot } from './snapshots.ts';

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

/**
 * A class and not a closure, because this is the one object made per packet: five closures each would cost more than
 * the whole parsing of the packet.
 */
export class ParsedPacket implements AmiPacket {
  readonly kind: AmiPacket['kind'];
  readonly name: string;
  readonly tampered: TamperNote | null;
  readonly #index: HeaderIndex;
  readonly #text: string;
  readonly #bounds: readonly number[];
  readonly #ascii: boolean;
  readonly #snapshotAt: number;
  /** The known snapshot that this packet repeats: its values are taken from there, and `bounds` leave it out. */
  readonly snapshot: Snapshot | null;

  /**
   * @param text the packet's bytes, one character each
   * @param bounds for each header of `index` the beginning and the end of its value in `text`
   * @param ascii whether `text` holds nothing beyond ASCII, so that values need no decoding
   * @param snapshot the known snapshot that stands at place `snapshotAt`
   */
  constructor(
    kind: AmiPacket['kind'],
    name: string,
    index: HeaderIndex,
    text: string,
    bounds: readonly number[],
    ascii: boolean,
    tampered: TamperNote | null,
    snapshot: Snapshot | null = null,
    snapshotAt = -1,
  ) {
    this.kind = kind;
    this.name = name;
    this.#index = index;
    this.#text = text;
    this.#bounds = bounds;
    this.#ascii = ascii;
    this.tampered = tampered;
    this.snapshot = snapshot;
    this.#snapshotAt = snapshotAt;
  }

  get headerNames(): readonly string[] {
    return this.#index.names;
  }

  get(header: string): string | undefined {
    const place = this.#index.places.get(header);
    return place === undefined ? undefined : this.#value(place);
  }

  all(header: string): readonly string[] {
    return this.#index.names.flatMap((name, place) => (name === header ? [this.#value(place)] : []));
  }

  values(): readonly string[] {
    const count = this.#index.names.length;
    const values: string[] = [];
    for (let place = 0; place < count; place++) values.push(this.#value(place));
    return values;
  }

  headers(): readonly (readonly [name: string, value: string])[] {
    return this.#index.names.map((name, place) => [name, this.#value(place)] as const);
  }

  /** The value of the header at this place of `headerNames`. */
  at(place: number): string {
    return this.#value(place);
  }

  /** The bytes between the beginning of one header's line and the end of another's value, one character each. */
  linesFrom(first: number, last: number): string {
    const begin = (this.#bounds[2 * first] ?? 0) - (this.#index.names[first]?.length ?? 0) - 2;
    return this.#text.slice(begin, (this.#bounds[2 * last + 1] ?? 0) + 2);
  }

  #value(place: number): string {
    let slot = place;
    if (this.snapshot !== null && place >= this.#snapshotAt) {
      const inside = place - this.#snapshotAt;
      if (inside < SNAPSHOT_HEADERS) return this.snapshot.values[inside] ?? '';
      slot = place - SNAPSHOT_HEADERS;
    }
    const bytes = this.#text.slice(this.#bounds[2 * slot], this.#bounds[2 * slot + 1]);
    return this.#ascii ? bytes : headerText(bytes);
  }
}
