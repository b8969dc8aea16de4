import { describe, expect, it } from 'vitest';
import {
  CALLER_TEXT_LIMIT,
  HEADER_ORDERS,
  type HeaderOrder,
  type HeaderRule,
  withLocalNames,
} from '../../src/asterisk/listen/header-order.ts';
import { readInOrder } from '../../src/asterisk/listen/order-reading.ts';
import { CAPTURES } from './captures.ts';

const STAMP = 'Timestamp: 1795449797.226532\r\n'.length;
const ORDERS = [...HEADER_ORDERS.values()];

/** Events in which a channel is named before anything that a caller can write otherwise. */
const NAMED = ORDERS.map((order) => withLocalNames(order, () => true)).filter(
  ({ rules, firstFromCaller }) => rules[firstFromCaller]?.namesChannel === true,
);

describe('header orders', () => {
  it.each(CAPTURES)('every known event of $file is in order', ({ bytes }) => {
    const packets = bytes
      .toString('utf8')
      .split('\r\n\r\n')
      .map((packet) => packet.split('\r\n'));
    const readings = packets.flatMap((lines) => {
      const order = HEADER_ORDERS.get(lines[0]?.replace('Event: ', '') ?? '');
      if (order === undefined) return [];
      return [
        [
          order.event,
          readInOrder(
            order,
            lines.map((line) => line.split(':')[0] ?? ''),
          ),
        ],
      ];
    });
    expect(readings.length).toBeGreaterThan(20);
    expect(readings.filter(([, reading]) => reading !== 'whole')).toEqual([]);
  });

  it('reads a header of a newer version behind the channel, and refuses it behind text of a caller', () => {
    const names = ['Event', 'Privilege', 'Timestamp', ...SNAPSHOT];
    const order = orderOf('Hangup');
    expect(readInOrder(order, [...names, 'Cause', 'Cause-txt', 'NewInAsterisk30'])).toBe('whole');
    expect(readInOrder(order, [...names, 'TenantID', 'Cause', 'Cause-txt'])).toBe('whole');
    const behindNumber = names.toSpliced(names.indexOf('CallerIDName'), 0, 'X-Forged');
    expect(readInOrder(order, [...behindNumber, 'Cause', 'Cause-txt'])).toBe('broken');
    expect(readInOrder(order, names.toSpliced(2, 0, 'X-Forged'))).toBe('not-this');
  });

  it('takes an optional channel whole or not at all', () => {
    const dest = SNAPSHOT.map((name) => `Dest${name}`);
    const order = orderOf('DialBegin');
    const beginning = ['Event', 'Privilege'];
    expect(readInOrder(order, [...beginning, ...SNAPSHOT, ...dest, 'DialString'])).toBe('whole');
    expect(readInOrder(order, [...beginning, ...dest, 'DialString'])).toBe('whole');
    expect(readInOrder(order, [...beginning, ...SNAPSHOT.slice(0, 3), ...dest, 'DialString'])).toBe(
      'not-this',
    );
    expect(readInOrder(order, [...beginning, ...SNAPSHOT.slice(0, 9), ...dest, 'DialString'])).toBe('broken');
    expect(readInOrder(order, [...beginning, ...SNAPSHOT.slice(3), ...dest, 'DialString'])).toBe('not-this');
  });
});

describe('what a caller can write', () => {
  // The defence in quarantine.ts rests on this: no beginning of an event fits into what a caller may write, whichever
  // genuine lines of whichever event he lets it run into, and however often he may write in between.
  it.each(ORDERS)('is too short for the beginning of $event', (target) => {
    const ways = ORDERS.flatMap((host) =>
      host.rules.flatMap((rule, place) =>
        rule.fromCaller && canForge(target, host, place) ? [`${rule.name} of ${host.event}`] : [],
      ),
    );
    expect(ways).toEqual([]);
  });

  // An event of a Local channel whose name is cut is believed from its name on (local-name.ts), but only then.
  it.each(NAMED)('is too short for the beginning of $event up to the name of a Local channel', (cut) => {
    const lines = upToName(cut);
    const ways = ORDERS.flatMap((host) =>
      host.rules.flatMap((rule, place) =>
        rule.fromCaller && canWrite(lines, false, host, place, CALLER_TEXT_LIMIT)
          ? [`${rule.name} of ${host.event}`]
          : [],
      ),
    );
    expect(ways).toEqual([]);
  });

  it('leaves no event of one channel out', () => {
    expect(NAMED.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        'Newchannel',
        'Hangup',
        'VarSet',
        'DialBegin',
        'DialEnd',
        'LocalBridge',
        'BridgeEnter',
      ]),
    );
  });

  it('would not be too short if Asterisk cut at 160 characters', () => {
    const newchannel = orderOf('Newchannel');
    const place = newchannel.rules.findIndex((rule) => rule.name === 'CallerIDNum');
    expect(canForge(orderOf('Newstate'), newchannel, place, 160)).toBe(true);
  });
});

const SNAPSHOT = (HEADER_ORDERS.get('Newstate')?.rules ?? [])
  .slice(3)
  .filter((rule) => rule.presence === 'always')
  .map((rule) => rule.name);

function orderOf(event: string): HeaderOrder {
  const order = HEADER_ORDERS.get(event);
  if (order === undefined) throw new Error(`no order for ${event}`);
  return order;
}

/** Every header that has to be there before the parser believes that this event begins, with what writing it costs. */
function beginningOf(target: HeaderOrder): readonly (readonly [name: string, cost: number])[] {
  const group = target.rules[target.firstFromCaller]?.group ?? 0;
  const isDue = (rule: HeaderRule) =>
    rule.presence === 'always' && (rule.group === 0 || rule.group === group);
  const needsStamp = !target.unforgeable;
  return target.rules
    .slice(0, target.firstFromCaller + 1)
    .filter((rule) => isDue(rule) || (rule.name === 'Timestamp' && needsStamp))
    .map(
      ({ name }) =>
        [name, name === 'Timestamp' ? STAMP : `${name}: \r\n`.length + valueLength(name, target)] as const,
    );
}

function valueLength(name: string, target: HeaderOrder): number {
  if (name === 'Event') return target.event.length;
  return name === 'ActionID' ? 32 : 0;
}

/** With a class and a Timestamp as Asterisk writes them, up to `Channel: Local/`. */
function upToName(cut: HeaderOrder): readonly (readonly [name: string, cost: number])[] {
  const values: Readonly<Record<string, string>> = {
    Event: cut.event,
    Privilege: 'call,all',
    ActionID: '0'.repeat(32),
  };
  return cut.rules
    .slice(0, cut.firstFromCaller + 1)
    .filter((rule) => rule.presence === 'always' || rule.name === 'Timestamp')
    .map(({ name, namesChannel }) => {
      if (name === 'Timestamp') return [name, STAMP] as const;
      const value = namesChannel ? 'Local/' : (values[name] ?? '');
      return [name, `${name}: ${value}\r\n`.length] as const;
    });
}

function canForge(target: HeaderOrder, host: HeaderOrder, place: number, limit = CALLER_TEXT_LIMIT): boolean {
  // An event without text of a caller is believed only when it ends where it must.
  return canWrite(beginningOf(target), target.firstFromCaller === target.rules.length, host, place, limit);
}

function canWrite(
  lines: readonly (readonly [name: string, cost: number])[],
  mustEnd: boolean,
  host: HeaderOrder,
  place: number,
  limit: number,
): boolean {
  return writesFrom(0, place, '\r\n\r\n'.length);

  /** Writes as much of the beginning as fits at a host's header, then follows the host's own lines to the next one. */
  function writesFrom(done: number, at: number, spent: number): boolean {
    let written = spent;
    for (let next = done; ; next++) {
      // The end of the last line comes from Asterisk, unless a blank line has to be made.
      if (next > done && written - (next === lines.length && mustEnd ? 0 : 2) > limit) return false;
      if (next === lines.length) return true;
      if (next > 0 && borrowsFrom(next, at + 1)) return true;
      written += lines[next]?.[1] ?? 0;
    }
  }

  function borrowsFrom(done: number, from: number): boolean {
    let next = done;
    for (let at = from; at < host.rules.length; at++) {
      const rule = host.rules[at];
      const isNext = rule?.name === lines[next]?.[0];
      if (next === lines.length && (!mustEnd || rule?.presence === 'always')) return !mustEnd;
      if (!isNext && rule?.presence === 'always') return false;
      if (!isNext) continue;
      next++;
      if (rule?.fromCaller && writesFrom(next, at, '\r\n'.length)) return true;
    }
    return next === lines.length;
  }
}
