import { headerText } from './header-text.ts';

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
  readonly #ends: readonly number[];
  readonly #ascii: boolean;

  /**
   * @param text the packet's bytes, one character each
   * @param bounds for each header of `index` the beginning and the end of its value in `text`
   * @param ascii whether `text` holds nothing beyond ASCII, so that values need no decoding
   */
  constructor(
    kind: AmiPacket['kind'],
    name: string,
    index: HeaderIndex,
    text: string,
    bounds: readonly number[],
    ascii: boolean,
    tampered: TamperNote | null,
  ) {
    this.kind = kind;
    this.name = name;
    this.#index = index;
    this.#text = text;
    this.#ends = bounds;
    this.#ascii = ascii;
    this.tampered = tampered;
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

  #value(place: number): string {
    const bytes = this.#text.slice(this.#ends[2 * place], this.#ends[2 * place + 1]);
    return this.#ascii ? bytes : headerText(bytes);
  }
}
