/**
 * Forged packets (D2b): which paragraphs are packets of Asterisk, and which are what a caller wrote.
 *
 * The danger: a SIP caller whose number or DID holds `%0d%0a` writes lines, blank lines and whole packets into AMI, in
 * every event of his call, with guessed Channel and Uniqueid, right Privilege and right Timestamp. Seen on 16.28 and 22.10.
 *
 * What he cannot do, and what everything here rests on:
 * 1. Asterisk writes an event in one piece. What a caller wrote stands inside that piece, so the genuine rest of the event
 *    always follows, before anything else that Asterisk writes.
 * 2. One header takes at most 79 characters of his (`CALLER_TEXT_LIMIT`), and between two headers of his stand genuine ones.
 *    With 79 characters nobody can write the beginning of a channel event up to its first caller-made header, whichever
 *    genuine lines he borrows behind his own; `test/asterisk/header-order.test.ts` proves it for every pair of events.
 *
 * 3. Where a Local channel is named after his text, that text stands in the first lines of an event, and a genuine snapshot follows
 *    which he can borrow (`local-name.ts`): there nothing is a beginning until the genuine end has come.
 *
 * So a paragraph is the *beginning* of a packet only if it follows the header order of its event at least that far; all
 * other paragraphs belong to the packet that began last. A packet is handed on
 * - at once, when it is whole and names only channels with the Uniqueid and Linkedid we know of them already;
 * - else when the next beginning comes, or when the connection has been silent for a moment (`settle`). This covers the
 *   one case in which a forged packet looks whole: a DID of 67 characters can write Priority, Uniqueid and Linkedid of
 *   its own and a blank line; then the genuine ones follow, and the last copy counts (`genuine-headers.ts`).
 *
 * Guaranteed, for texts of at most 79 characters a header, at every split of the bytes: no event of another channel is
 * handed on, no event that Asterisk did not write is handed on as one of those we read, and every genuine event of the
 * forger's own call is, with `tampered` set.
 *
 * Not guaranteed:
 * - Without `timestampevents`, short events (Shutdown, DeviceStateChange) can be forged through a header that the dialplan
 *   filled with a caller's text and that comes last (AppData of Newexten), or through an event whose order is not known
 *   here (Cdr). The session reports missing timestamps.
 * - A dialplan that writes two texts of a caller into one last header, with nothing between, gives him 158 characters:
 *   enough for DeviceStateChange, not for any event of a channel (Hangup needs more than 300 in one piece).
 * - The genuine tail of a packet that is delayed by the network for longer than `settle` waits: the packet was handed on
 *   as it looked. The tail is still recognised and dropped when it comes. This concerns only the first event of a channel, and
 *   the first after its Linkedid changed.
 * - Without `timestampevents`, events of a Local channel that is named after forged text are left out. With it, what a forger writes
 *   in such a name can still pass for an event of that same Local channel, if it stands in an event that is not read here (Pickup,
 *   Confbridge).
 * - Drivers that cut later than 79 characters.
 */
import type { ParsedPacket } from './ami-packet.ts';
import { genericPacket, headerNamesOf } from './generic-packet.ts';
import { canBeRestOf, linesOf } from './genuine-headers.ts';
import { type HeaderOrder, withLocalNames } from './header-order.ts';
import { createKnownChannels } from './known-channels.ts';
import { namesLocal } from './local-name.ts';
import { createOrderFollower, type OrderFollower } from './order-reading.ts';
import { type Beginning, beginningOf, hasValidStamp, isStamped, needsStamp } from './packet-beginning.ts';
import { reassemble } from './reassembly.ts';
import type { ShapedPacket } from './shapes.ts';
import type { Snapshots } from './snapshots.ts';

/** More than this behind one beginning is no packet any more. A caller writes at most a few kB. */
const LONGEST_QUARANTINE = 65_536;

export interface QuarantineCounts {
  /** Packets put together again round forged lines. */
  tampered: number;
  /** Paragraphs thrown away because Asterisk did not write them, or not all of them. */
  forged: number;
  /** Packets whose genuine end never came. */
  broken: number;
}

/** The packet that began last, with everything found behind its beginning. */
interface Pending {
  readonly order: HeaderOrder;
  readonly packet: ParsedPacket | null;
  readonly paragraphs: string[];
  /** null while the packet is whole and nothing stands behind it. */
  follower: OrderFollower | null;
  /** A Local channel is named in it, and by what a caller wrote, perhaps. */
  inName: boolean;
  /** Its genuine end has come, unless what came then was a caller's. */
  hasEnded: boolean;
  length: number;
}

/**
 * Makes the quarantine of one connection.
 *
 * @param handOn receives every genuine packet, in order
 * @param learn told of each event whose headers were found in order, so that its shape can be remembered
 * @param snapshots is given the channel snapshots of packets beyond doubt
 */
export function createQuarantine(
  handOn: (packet: ParsedPacket) => void,
  learn: (event: string, names: readonly string[]) => void,
  snapshots: Snapshots,
) {
  const known = createKnownChannels(snapshots);
  const counts: QuarantineCounts = { tampered: 0, forged: 0, broken: 0 };
  let pending: Pending | null = null;
  /** The packet that was handed on last, when nothing is pending. */
  let passed: { readonly order: HeaderOrder; readonly packet: ParsedPacket } | null = null;
  /** A packet with a Timestamp was seen: from then on, short packets without one are not Asterisk's. */
  let stamped = false;

  return { takeShaped, take, settle, counts };

  /** Takes a paragraph that has a known shape. */
  function takeShaped({ shape, packet }: ShapedPacket, text: string): void {
    const { order } = shape;
    if (isInsideName() && !(order?.unforgeable && known.confirmsShaped(shape, packet))) {
      inside(text);
    } else if (order === null || !order.unforgeable) {
      const isGenuine =
        !needsStamp(stamped, shape.index.names, order) || isStamped(shape.index.names, packet);
      const beginning =
        order === null ? { kind: 'other' as const, packet } : { kind: 'known' as const, order, packet };
      weigh(isGenuine ? beginning : null, text);
    } else if (stamped && known.confirmsShaped(shape, packet)) {
      // Nine packets of ten come this way: nothing is kept of them but that they were the last.
      if (pending !== null) finish(pending);
      passed = { order, packet };
      if (shape.snapshotAt >= 0 && packet.snapshot === null) known.rememberSnapshot(shape, packet);
      if (order.event === 'Hangup') known.forget(packet.get('Channel') ?? '');
      handOn(packet);
    } else {
      begin({ kind: 'known', order, packet }, text);
    }
  }

  /** Takes any other paragraph. */
  function take(text: string, ascii: boolean): void {
    const names = headerNamesOf(text);
    weigh(beginningOf(text, names, genericPacket(text, names, ascii), stamped, learn), text);
  }

  /**
   * The connection is silent: nothing more belongs to the last packet.
   *
   * @param long true after seconds of silence, when even a packet whose end is missing has to be given up
   */
  function settle(long: boolean): void {
    if (pending !== null && (mayEnd(pending) || long)) finish(pending);
  }

  function weigh(beginning: Beginning | null, text: string): void {
    if (beginning === null || isSurelyInside(beginning, text)) inside(text);
    else begin(beginning, text);
  }

  /** A packet that a caller could have written is his, while the genuine end of the packet before has not come. */
  function isSurelyInside(beginning: Beginning, text: string): boolean {
    const isUnforgeable = beginning.kind === 'known' && beginning.order.unforgeable;
    if (isInsideName()) {
      const { packet } = beginning;
      return !isUnforgeable || packet === null || !known.confirms(beginning.order, packet);
    }
    if (isUnforgeable) return false;
    if (pending !== null && !mayEnd(pending)) return true;
    const last = pending ?? passed;
    return last !== null && beginning.kind === 'other' && canBeRestOf(last.order, text);
  }

  /**
   * Behind a caller's text in the name of a Local channel stand whole snapshots that are genuine: what he writes can look like
   * the beginning of any event. Only one about another, known channel shows that the end of the packet was missed.
   */
  function isInsideName(): boolean {
    return pending?.inName === true && !pending.hasEnded;
  }

  function begin(beginning: Beginning, text: string): void {
    if (pending !== null) finish(pending);
    pending = null;
    passed = null;
    const { packet } = beginning;
    if (packet !== null) stamped ||= hasValidStamp(packet);
    if (beginning.kind === 'other') {
      handOn(beginning.packet);
    } else if (packet !== null && known.confirms(beginning.order, packet)) {
      deliver(beginning.order, packet);
    } else {
      const { order } = beginning;
      const follower = packet === null ? followed(order, text) : null;
      const inName = namesLocal(order, linesOf([text]));
      const hasEnded = follower === null || follower.mayEnd();
      pending = { order, packet, paragraphs: [text], follower, inName, hasEnded, length: text.length };
    }
  }

  function inside(text: string): void {
    counts.forged++;
    if (pending === null) {
      if (passed !== null) known.remember(passed.order, passed.packet, true);
      return;
    }
    pending.follower ??= followed(pending.order, pending.paragraphs[0] ?? '');
    pending.paragraphs.push(text);
    pending.length += text.length;
    pending.follower.take('');
    pending.inName ||= namesLocal(pending.order, linesOf([text]));
    follow(pending.follower, text);
    pending.hasEnded ||= pending.follower.mayEnd();
    if (pending.length <= LONGEST_QUARANTINE) return;
    counts.broken++;
    pending = null;
  }

  function finish(last: Pending): void {
    pending = null;
    // Without the genuine end behind it, a whole packet was whole: what follows is not of its caller.
    const isAlone = last.packet !== null && last.paragraphs.length === 1;
    const packet = isAlone
      ? last.packet
      : (reassemble(last.order, last.paragraphs, known.identities) ?? last.packet);
    if (packet === null) {
      counts.broken++;
      return;
    }
    if (packet.tampered !== null) counts.tampered++;
    deliver(last.order, packet);
  }

  function deliver(order: HeaderOrder, packet: ParsedPacket): void {
    passed = { order, packet };
    known.remember(order, packet, packet.tampered !== null);
    if (packet.name === 'Hangup') known.forget(packet.get('Channel') ?? '');
    handOn(packet);
  }
}

/** Whether the genuine end of a packet may have come. */
function mayEnd(pending: Pending): boolean {
  return pending.follower === null || pending.follower.mayEnd();
}

function followed(order: HeaderOrder, text: string): OrderFollower {
  const follower = createOrderFollower(withLocalNames(order, () => true));
  follow(follower, text);
  return follower;
}

function follow(follower: OrderFollower, text: string): void {
  for (const name of headerNamesOf(text)) follower.take(name);
}
