/**
 * Puts a genuine packet together again from lines in which a caller has written (D2b).
 *
 * Which headers are genuine, their lines tell (`genuine-headers.ts`). What the others said cannot be known: the value is
 * U+FFFD (text of a caller) or missing (all else), but channel, Uniqueid and Linkedid are completed from what is known of
 * the channel.
 */
import { headerIndex, ParsedPacket, type TamperNote } from './ami-packet.ts';
import type { ChannelIdentities, Identity } from './channel-identity.ts';
import { genuineHeaders, linesOf, UNREADABLE } from './genuine-headers.ts';
import type { ChannelBlock, HeaderOrder, HeaderRule } from './header-order.ts';
import { headerText } from './header-text.ts';
import { orderWithLocalNames, unreadableLocalName } from './local-name.ts';

const LONGEST_SAMPLE = 200;

/**
 * Puts the packet together.
 *
 * @param usual the order of the event
 * @param paragraphs the event's beginning and all that was found behind it, bytes as characters
 * @param identities what is known of channels
 * @returns the packet with its note, null when its end is not there
 */
export function reassemble(
  usual: HeaderOrder,
  paragraphs: readonly string[],
  identities: ChannelIdentities,
): ParsedPacket | null {
  const lines = linesOf(paragraphs);
  const order = orderWithLocalNames(usual, lines);
  const found = genuineHeaders(order, lines);
  if (found === null) return null;
  dropHalfBlocks(order, found);
  for (const block of order.blocks) {
    completeIdentity(block, found, lines, identities, order.rules[block.channel]?.fromCaller === true);
  }
  completeCelChannel(found, identities);
  return packetFrom(order, found, lines);
}

/** An optional channel of which not every header came through may be an invention of the caller: left out whole. */
function dropHalfBlocks(order: HeaderOrder, found: Map<string, string>): void {
  const optional = order.rules.filter(
    (rule) => rule.group !== 0 && rule.presence === 'always' && !rule.fromCaller,
  );
  const halves = new Set(optional.filter((rule) => !found.has(rule.name)).map((rule) => rule.group));
  // A Local name stands in the head itself: the channel it belongs to is there.
  const inHead = order.rules[order.firstFromCaller]?.namesChannel === true ? 1 : 0;
  const before = order.rules
    .slice(0, order.firstFromCaller + inHead)
    .filter((rule, place) => found.has(rule.name) || place === order.firstFromCaller);
  const begun = new Set(before.map((rule) => rule.group));
  for (const rule of order.rules) {
    if (rule.group !== 0 && halves.has(rule.group) && !begun.has(rule.group)) found.delete(rule.name);
  }
}

/**
 * Says which channel a block is about, as far as it is known: by its name, by its Uniqueid, by what stands behind a forged name,
 * or because of all channels that are named here only one is of this call.
 */
function completeIdentity(
  block: ChannelBlock,
  found: Map<string, string>,
  lines: readonly string[],
  identities: ChannelIdentities,
  isLocal: boolean,
): void {
  const name = (header: string) => block.prefix + header;
  const channel = found.get(name('Channel'));
  const uniqueid = found.get(name('Uniqueid'));
  const localName = isLocal ? unreadableLocalName(block.prefix, lines) : undefined;
  const known =
    channel === undefined
      ? (identities.ofUniqueid(uniqueid ?? '') ??
        identities.ofChannel(localName ?? '') ??
        (uniqueid === undefined ? onlyOneOfCall(name('Channel'), found, lines, identities) : undefined))
      : identities.ofChannel(channel);
  if (known === undefined) {
    if (isLocal && channel === undefined && uniqueid !== undefined)
      found.set(name('Channel'), localName ?? `Local/?-${uniqueid}`);
    return;
  }
  const linkedid = found.get(name('Linkedid'));
  const agrees = uniqueid === known.uniqueid && linkedid !== undefined;
  found.set(name('Channel'), known.channel);
  found.set(name('Uniqueid'), known.uniqueid);
  found.set(name('Linkedid'), agrees ? linkedid : known.linkedid);
}

function onlyOneOfCall(
  header: string,
  found: ReadonlyMap<string, string>,
  lines: readonly string[],
  identities: ChannelIdentities,
): Identity | undefined {
  const label = `${header}: `;
  const linkedids = new Set([...found].filter(([name]) => name.endsWith('Linkedid')).map(([, id]) => id));
  const named = lines.filter((line) => line.startsWith(label)).map((line) => line.slice(label.length));
  const ofCall = [...new Set(named)]
    .map((channel) => identities.ofChannel(channel))
    .filter((known) => known !== undefined && linkedids.has(known.linkedid));
  return ofCall.length === 1 ? ofCall[0] : undefined;
}

/** CEL says its ids behind the last text of the caller, under names of its own: they tell which channel was in doubt. */
function completeCelChannel(found: Map<string, string>, identities: ChannelIdentities): void {
  if (found.has('Channel')) return;
  const known = identities.ofUniqueid(found.get('UniqueID') ?? '');
  if (known !== undefined) found.set('Channel', known.channel);
}

function packetFrom(
  order: HeaderOrder,
  found: ReadonlyMap<string, string>,
  lines: readonly string[],
): ParsedPacket {
  // A channel that cannot be told is left out: there is none of that name.
  const isText = (rule: HeaderRule) =>
    rule.fromCaller && !(rule.namesChannel && rule.name.endsWith('Channel'));
  const present = (rule: HeaderRule) =>
    found.has(rule.name) || (isText(rule) && isExpected(order, rule, found));
  const rules = order.rules.filter(present);
  const unreadable = order.rules.filter((rule) => isExpected(order, rule, found) && !found.has(rule.name));
  const raw = rules.map((rule) => found.get(rule.name) ?? UNREADABLE);
  const note: TamperNote = {
    unreadable: unreadable.map((rule) => rule.name),
    forgedLines: Math.max(lines.length - rules.length, 0),
    sample: sampleOf(lines.slice(order.firstFromCaller)),
  };
  const index = headerIndex(rules.map((rule) => rule.name));
  return new ParsedPacket({
    kind: 'event',
    name: order.event,
    index,
    raw,
    isText: false,
    tampered: note,
    snapshot: null,
  });
}

/** Whether Asterisk always writes this header, given which optional channels are there. */
function isExpected(order: HeaderOrder, rule: HeaderRule, found: ReadonlyMap<string, string>): boolean {
  if (rule.presence !== 'always') return false;
  return rule.group === 0 || order.rules.some((other) => other.group === rule.group && found.has(other.name));
}

function sampleOf(lines: readonly string[]): string {
  // No line is shorter than its line end's sign: more lines than this cannot be shown.
  const shown = lines.slice(0, LONGEST_SAMPLE).map(headerText).join('⏎').slice(0, LONGEST_SAMPLE);
  return shown.replaceAll(/\p{Cc}/gu, '·');
}
