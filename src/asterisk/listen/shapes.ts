import { type HeaderIndex, headerIndex, ParsedPacket } from './ami-packet.ts';
import { HEADER_ORDERS, type HeaderOrder } from './header-order.ts';

/**
 * Shapes: lists of header names that have been read before and found in order.
 *
 * Asterisk writes an event with the same headers in the same order each time. Once such a list is known, a packet that
 * has exactly these names, byte for byte, needs no reading of names: only the ends of its values are looked for. Every
 * packet is compared whole, so a shape is also the proof that nothing stands in the packet that should not.
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
}

/** Callers could invent event names: there are about 150 real shapes, and beyond this many none is learned. */
const MOST_SHAPES = 1000;

/** Makes an empty store of shapes, for one connection. */
export function createShapes() {
  const byEvent = new Map<string, Shape[]>();
  let count = 0;

  return { read, learn };

  /**
   * Reads a paragraph by a known shape.
   *
   * @param text the paragraph, see `ParagraphSink`
   * @param ascii whether it holds nothing beyond ASCII
   * @param bounds receives beginning and end of each value
   * @returns the shape, null when no known one fits
   */
  function read(text: string, bounds: number[]): Shape | null {
    const shapes = byEvent.get(text.slice(0, text.indexOf('\r\n')));
    if (shapes === undefined) return null;
    for (let place = 0; place < shapes.length; place++) {
      const shape = shapes[place];
      if (shape !== undefined && fits(shape.labels, text, bounds)) return shape;
    }
    return null;
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

/** Makes a packet of a paragraph that fits a shape. */
export function packetOf(
  shape: Shape,
  text: string,
  bounds: readonly number[],
  ascii: boolean,
): ParsedPacket {
  return new ParsedPacket('event', shape.event, shape.index, text, bounds, ascii, null);
}

/** The value of the header at this place, as bytes. */
export function valueAt(text: string, bounds: readonly number[], place: number): string {
  return text.slice(bounds[2 * place], bounds[2 * place + 1]);
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
    channels: blocks.flatMap(([channel = -1, uniqueid = -1, linkedid = -1]) =>
      channel < 0 ? [] : [[channel, uniqueid, linkedid] as const],
    ),
  };
}

function fits(labels: readonly string[], text: string, bounds: number[]): boolean {
  let from = 0;
  for (let place = 0; place < labels.length; place++) {
    const label = labels[place] as string;
    if (!text.startsWith(label, from)) return false;
    const begin = from + label.length;
    const end = text.indexOf('\r\n', begin);
    bounds[2 * place] = begin;
    bounds[2 * place + 1] = end;
    from = end + 2;
  }
  return from === text.length;
}
