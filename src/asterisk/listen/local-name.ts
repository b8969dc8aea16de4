/**
 * Local channels named after a caller's text (D2b).
 *
 * `Local/13900001111@internal-00000001;1` is named after the number it was made for. Where that number came from the outside,
 * a DID or the Contact of somebody's 302, the name is written without escaping like every other text of a caller, and it stands in
 * the *first* lines of an event, where else nobody can write (seen on 16.28 and 22.10).
 *
 * Still nobody can feign the beginning of such an event: up to `Channel: Local/`, with a class and a Timestamp as Asterisk writes
 * them, or our own ActionID, it takes 83 characters at least, and 79 are all he has (`test/asterisk/header-order.test.ts`). Without
 * `timestampevents` it could be feigned: then such events are left out, as forged ones are.
 */
import { type HeaderOrder, withLocalNames } from './header-order.ts';
import { placeFrom } from './order-reading.ts';

/** What Asterisk writes second: the class of an event, or of an answer to our list the ActionID that nobody can guess. */
const CLASSES: ReadonlySet<string> = new Set(
  ['call', 'dialplan', 'agent'].map((name) => `Privilege: ${name},all`),
);

const OUR_ACTION = /^ActionID: [0-9a-f]{32}$/;

/** What Asterisk writes behind the number: no caller can keep it out. */
const SUFFIX = /@[^@]{1,80}-[0-9a-f]{8};[12]$/;

/**
 * Whether these lines begin an event and run into a Local channel's name before anything a caller can write otherwise.
 *
 * @param order the order of the event they name
 * @param lines the paragraph's lines
 * @param stamped whether they hold a valid Timestamp where it belongs
 */
export function runsIntoLocalName(order: HeaderOrder, lines: readonly string[], stamped: boolean): boolean {
  const [, second = ''] = lines;
  if (!(stamped && CLASSES.has(second)) && !OUR_ACTION.test(second)) return false;
  const { rules } = withLocalNames(order, () => true);
  let next = 0;
  for (const line of lines) {
    const place = placeFrom(rules, next, nameOf(line));
    const rule = rules[place];
    if (rule === undefined) return false;
    if (rule.fromCaller) return rule.namesChannel && line.startsWith('Local/', rule.name.length + 2);
    next = place + 1;
  }
  return false;
}

/** Whether a line of the event names a Local channel. */
export function namesLocal(order: HeaderOrder, lines: readonly string[]): boolean {
  const names = new Set(order.rules.filter((rule) => rule.namesChannel).map(({ name }) => name));
  return lines.some((line) => line.includes(': Local/') && names.has(nameOf(line)));
}

/**
 * The order by which to read an event whose lines are these: with text of a caller in the name of each Local channel that is
 * cut.
 *
 * @param order the usual order of the event
 * @param lines all its lines, a blank one between two paragraphs
 */
export function orderWithLocalNames(order: HeaderOrder, lines: readonly string[]): HeaderOrder {
  const cut = order.rules.flatMap((rule, place) =>
    rule.namesChannel && isCut(order, place, lines) ? [rule.name] : [],
  );
  return cut.length === 0 ? order : withLocalNames(order, (name) => cut.includes(name));
}

/**
 * The first line of that name is Asterisk's where no caller can write before it; elsewhere it may be anybody's. Whole is a name
 * with the next header behind it, and that header only once.
 */
function isCut(order: HeaderOrder, place: number, lines: readonly string[]): boolean {
  const label = `${order.rules[place]?.name}: `;
  const found = lines.flatMap((line, at) => (line.startsWith(label) ? [at] : []));
  const isWhole = (at: number) => {
    const following = nameOf(lines[at + 1] ?? '');
    const copies = lines.filter((line) => nameOf(line) === following);
    return placeFrom(order.rules, place + 1, following) >= 0 && copies.length === 1;
  };
  return (place < order.firstFromCaller ? found.slice(0, 1) : found).some(
    (at) => lines[at]?.startsWith('Local/', label.length) === true && !isWhole(at),
  );
}

/**
 * The name of a Local channel with `?` in place of the caller's text: what Asterisk wrote behind it tells the channel from all
 * others.
 *
 * @param prefix which of the event's channels
 * @param lines all lines of the event
 * @returns the name; undefined when a caller has written such an end as well
 */
export function unreadableLocalName(prefix: string, lines: readonly string[]): string | undefined {
  const ends = lines.flatMap((line, place) => {
    const end = SUFFIX.exec(line)?.[0];
    const isBeforeState = lines[place + 1]?.startsWith(`${prefix}ChannelState: `) === true;
    return end !== undefined && isBeforeState ? [end] : [];
  });
  const [end] = ends;
  // ASCII, so that the name is the same as bytes and as text.
  return end !== undefined && new Set(ends).size === 1 ? `Local/?${end}` : undefined;
}

function nameOf(line: string): string {
  return line.slice(0, Math.max(line.indexOf(':'), 0));
}
