import { type HeaderIndex, headerIndex, ParsedPacket, type Pieces } from './ami-packet.ts';
import { HEADER_ORDERS, type HeaderOrder } from './header-order.ts';
import { headerText } from './header-text.ts';
import { SNAPSHOT_HEADERS, type Snapshot, type Snapshots } from './snapshots.ts';

/**
 * Shapes: lists of header names that have been read before and found in order.
 *
 * Asterisk writes an event with the same headers in the same order each time. Once such a list is known, a packet that
 * has exactly these names, byte for byte, is taken apart by one regular expression, and where it repeats a known snapshot of
 * its channel by one comparison. Every packet is compared whole, so a shape is also the proof that nothing stands in the
 * packet that should not.
 */
export interface Shape {
  readonly event: string;
  readonly index: HeaderIndex;
  /** Matches a whole packet and captures its values. */
  readonly whole: RegExp;
  /** Match the lines before and behind the snapshot; sticky. */
  readonly before: RegExp;
  readonly behind: RegExp;
  /** null: an event we do not read. */
  readonly order: HeaderOrder | null;
  /** Where the channel, Uniqueid and Linkedid of each channel of this event stand. */
  readonly channels: readonly (readonly [channel: number, uniqueid: number, linkedid: number])[];
  /** Where the snapshot without prefix begins, -1 when there is none. */
  readonly snapshotAt: number;
}

/** A packet read by a shape; `snapshot` is the known one it repeats. */
export interface ShapedPacket {
  readonly shape: Shape;
  readonly packet: ParsedPacket;
}

/** Callers could invent event names: there are about 150 real shapes, and beyond this many none is learned. */
const MOST_SHAPES = 500;

const BUCKETS = 256;

/**
 * Makes an empty store of shapes, for one connection.
 *
 * @param snapshots the known snapshots of channels
 */
export function createShapes(snapshots: Snapshots) {
  const buckets: Shape[][] = Array.from({ length: BUCKETS }, () => []);
  let count = 0;

  return { read, learn };

  /**
   * Reads a paragraph by a known shape.
   *
   * @param text the paragraph, see `ParagraphSink`
   * @param ascii whether it holds nothing beyond ASCII
   * @returns the packet and its shape, null when no known one fits
   */
  function read(text: string, ascii: boolean): ShapedPacket | null {
    for (const shape of buckets[bucketOf(text)] ?? []) {
      const packet = fitted(shape, text, ascii);
      if (packet !== null) return { shape, packet };
    }
    return null;
  }

  function fitted(shape: Shape, text: string, ascii: boolean): ParsedPacket | null {
    if (shape.snapshotAt >= 0) {
      shape.before.lastIndex = 0;
      const before = shape.before.exec(text);
      const from = shape.before.lastIndex;
      const snapshot = before === null ? null : snapshots.at(text, from);
      if (before !== null && snapshot !== null) {
        shape.behind.lastIndex = from + snapshot.bytes.length;
        const behind = shape.behind.exec(text);
        return behind === null
          ? null
          : packetOf(shape, around(before, snapshot, behind, ascii), true, snapshot);
      }
    }
    const values = shape.whole.exec(text);
    if (values === null) return null;
    // Without its first element, the whole match, the result is the values: no need of another array.
    values.shift();
    return packetOf(shape, values, ascii, null);
  }

  /**
   * Remembers the names of a packet that was found in order.
   *
   * @param event the event's name
   * @param names names of its lines
   */
  function learn(event: string, names: readonly string[]): void {
    if (count >= MOST_SHAPES || ![event, ...names].every(isPlainWord)) return;
    const shapes = buckets[bucketOf(`Event: ${event}\r\n${names[1] ?? ''}: `)] ?? [];
    // A packet may be in order and still not fit, with a lone CR in a value: its shape is known already.
    if (shapes.some((shape) => shape.event === event && shape.index.names.join() === names.join())) return;
    shapes.push(shapeOf(event, names));
    count++;
  }
}

/** By three letters of the event's name: to cut the name out and look it up would take as long as all the rest. */
function bucketOf(text: string): number {
  return (text.charCodeAt(7) * 5 + text.charCodeAt(9) * 31 + text.charCodeAt(12)) % BUCKETS;
}

function packetOf(
  { event: name, index }: Shape,
  raw: readonly string[] | Pieces,
  isText: boolean,
  snapshot: Snapshot | null,
): ParsedPacket {
  return new ParsedPacket({ kind: 'event', name, index, raw, isText, tampered: null, snapshot });
}

/** The values of a snapshot are text already; those around it become text here when they are not ASCII. */
function around(before: string[], { texts }: Snapshot, behind: string[], ascii: boolean): Pieces {
  return { before, texts, behind: ascii ? behind : ['', ...behind.slice(1).map(headerText)] };
}

function shapeOf(event: string, names: readonly string[]): Shape {
  const order = HEADER_ORDERS.get(event) ?? null;
  const blocks = (order?.blocks ?? []).map(({ prefix }) =>
    ['Channel', 'Uniqueid', 'Linkedid'].map((name) => names.indexOf(prefix + name)),
  );
  const snapshotAt = order?.blocks.some(({ prefix }) => prefix === '') ? snapshotIn(names) : -1;
  const lines = [`Event: (${event})\\r\\n`, ...names.slice(1).map((name) => `${name}: ([^\\r]*)\\r\\n`)];
  return {
    event,
    index: headerIndex(names),
    whole: new RegExp(`^${lines.join('')}$`),
    before: new RegExp(lines.slice(0, Math.max(snapshotAt, 0)).join(''), 'y'),
    behind: new RegExp(`${lines.slice(snapshotAt + SNAPSHOT_HEADERS).join('')}$`, 'y'),
    order,
    snapshotAt,
    channels: blocks.flatMap(([channel = -1, uniqueid = -1, linkedid = -1]) =>
      channel < 0 ? [] : [[channel, uniqueid, linkedid] as const],
    ),
  };
}

/** A snapshot is one only in one piece: a newer version might write a header more into it. */
function snapshotIn(names: readonly string[]): number {
  const place = names.indexOf('Channel');
  return names[place + SNAPSHOT_HEADERS - 1] === 'Linkedid' ? place : -1;
}

/** Only such names may stand in a regular expression as they are. */
function isPlainWord(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name);
}
