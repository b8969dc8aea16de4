import { type HeaderIndex, headerIndex, ParsedPacket } from './ami-packet.ts';
import { HEADER_ORDERS, type HeaderOrder } from './header-order.ts';
import { SNAPSHOT_HEADERS, type Snapshots } from './snapshots.ts';

/**
 * Shapes: lists of header names that have been read before and found in order.
 *
 * Asterisk writes an event with the same headers in the same order each time. Once such a list is known, a packet that
 * has exactly these names, byte for byte, needs no reading of names: only the ends of its values are looked for, and not
 * even these where it repeats a known snapshot of its channel. Every packet is compared whole, so a shape is also the
 * proof that nothing stands in the packet that should not.
 */
export interface Shape {
  readonly event: string;
  readonly index: HeaderIndex;
  /** What each line begins with: name, colon, space. */
  readonly labels: readonly string[];
  /** null: an event we do not read. */
  readonly order: HeaderOrder | null;
  /** Where the channel, Uniqueid and Linkedid of each channel of this event stand in `labels`. */
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
const MOST_SHAPES = 1000;

/**
 * Makes an empty store of shapes, for one connection.
 *
 * @param snapshots the known snapshots of channels
 */
export function createShapes(snapshots: Snapshots) {
  const byEvent = new Map<string, Shape[]>();
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
    const shapes = byEvent.get(text.slice(0, text.indexOf('\r\n')));
    if (shapes === undefined) return null;
    for (const shape of shapes) {
      const packet = fitted(shape, text, ascii);
      if (packet !== null) return { shape, packet };
    }
    return null;
  }

  function fitted(shape: Shape, text: string, ascii: boolean): ParsedPacket | null {
    const { labels, snapshotAt } = shape;
    const bounds: number[] = [];
    let from = 0;
    let snapshot = null;
    for (let place = 0; place < labels.length; place++) {
      if (place === snapshotAt) {
        snapshot = snapshots.at(text, from);
        if (snapshot !== null) {
          from += snapshot.bytes.length;
          place += SNAPSHOT_HEADERS - 1;
          continue;
        }
      }
      const label = labels[place] ?? '';
      if (!text.startsWith(label, from)) return null;
      const begin = from + label.length;
      const end = text.indexOf('\r\n', begin);
      bounds.push(begin, end);
      from = end + 2;
    }
    if (from !== text.length) return null;
    return new ParsedPacket(
      'event',
      shape.event,
      shape.index,
      text,
      bounds,
      ascii,
      null,
      snapshot,
      snapshotAt,
    );
  }

  /**
   * Remembers the names of a packet that was found in order.
   *
   * @param event the event's name
   * @param names names of its lines
   */
  function learn(event: string, names: readonly string[]): void {
    if (count >= MOST_SHAPES) return;
    const shape = shapeOf(event, names);
    const line = `Event: ${event}`;
    byEvent.set(line, [...(byEvent.get(line) ?? []), shape]);
    count++;
  }
}

function shapeOf(event: string, names: readonly string[]): Shape {
  const order = HEADER_ORDERS.get(event) ?? null;
  const blocks = (order?.blocks ?? []).map(({ prefix }) =>
    ['Channel', 'Uniqueid', 'Linkedid'].map((name) => names.indexOf(prefix + name)),
  );
  return {
    event,
    index: headerIndex(names),
    labels: names.map((name) => `${name}: `),
    order,
    snapshotAt: order?.blocks.some(({ prefix }) => prefix === '') ? snapshotIn(names) : -1,
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
