import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublishedChange } from '../../src/storage/work.ts';
import { createLinkBoard } from '../../src/web/link-board.ts';
import { createOutlet, OUTLET_LIMITS, type Wire } from '../../src/web/live-outlet.ts';
import { SOCKET_LIMITS } from '../../src/web/live-socket.ts';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { createRoomFeed } from '../../src/web/room-feed.ts';
import { createSharedSnapshots } from '../../src/web/shared-snapshot.ts';
import { type Browser, loggedIn, newOpId, type Page } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

const CONSOLES = 40;
const ROOM = 'r-county';

let bed: WebBed;
let zhang: Browser;
beforeAll(async () => {
  bed = await startWebBed({ socketLimits: { ...SOCKET_LIMITS, mostOfOneSession: CONSOLES + 5 } });
  zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
});
afterAll(() => bed.close());

function callsOf(messages: readonly ServerMessage[]): ReadonlySet<string> {
  return new Set(
    messages.flatMap((message) =>
      message.type === 'snapshot'
        ? message.calls.map((call) => call.id)
        : message.type === 'delta'
          ? message.changes.flatMap((change) => (change.entity === 'call' ? [change.view.id] : []))
          : [],
    ),
  );
}

function positionsOf(page: Page): readonly number[] {
  return page.all.flatMap((message) =>
    message.type === 'snapshot' || message.type === 'delta' ? [message.position] : [],
  );
}

async function upTo(page: Page, position: number): Promise<void> {
  while ((positionsOf(page).at(-1) ?? 0) < position) await page.next('delta');
}

describe('forty consoles of one room', () => {
  it('hear of every call in order, while one of them reads nothing and hears of it later', async () => {
    await callArrives(bed);
    const pages = await Promise.all(Array.from({ length: CONSOLES }, () => zhang.open()));
    await Promise.all(pages.map((page) => page.next('snapshot')));
    const [stuck, ...others] = pages;
    stuck?.socket.pause();
    for (let call = 0; call < 30; call += 1) await callArrives(bed);
    const last = await bed.store.lastPosition();
    const kept = await bed.store.snapshot(ROOM, Date.now());
    const all = new Set(kept.calls.map((call) => call.id));
    expect(all.size).toBe(31);
    for (const page of others) {
      await upTo(page, last);
      expect(callsOf(page.all)).toEqual(all);
      expect(positionsOf(page)).toEqual([...positionsOf(page)].sort((one, other) => one - other));
    }
    expect(positionsOf(stuck as Page)).toHaveLength(1);
    stuck?.socket.resume();
    await upTo(stuck as Page, last);
    expect(callsOf(stuck?.all ?? [])).toEqual(all);
    for (const page of pages) page.close();
    await Promise.all(pages.map((page) => page.closed));
  });

  it('that come back at the same moment each get all, from a snapshot that was read after they asked', async () => {
    const linkedid = await callArrives(bed);
    expect(linkedid).not.toBe('');
    const pages = await Promise.all(Array.from({ length: CONSOLES }, () => zhang.open()));
    const kept = await bed.store.snapshot(ROOM, Date.now());
    const newest = await bed.store.lastPosition();
    for (const page of pages) {
      const snapshot = await page.next('snapshot');
      expect(snapshot.calls).toEqual(kept.calls);
      expect(snapshot.records).toEqual(kept.records);
      expect(snapshot.me).toMatchObject({ account: 'a-zhang' });
      expect(snapshot.position).toBe(newest);
    }
    for (const page of pages) page.close();
    await Promise.all(pages.map((page) => page.closed));
  });
});

describe('the snapshot of a room', () => {
  it('is read once for all that ask before it is begun, and anew for who asks later', async () => {
    let reads = 0;
    const counting = {
      snapshot: (room: string, at: number) => {
        reads += 1;
        return bed.store.snapshot(room, at);
      },
    };
    const snapshots = createSharedSnapshots(counting, Date.now);
    const own = (account: string) => () =>
      ({
        type: 'snapshot',
        serverTime: 7,
        me: { account, name: '', role: 'officer', seat: null, person: null, keys: {} },
        demo: false,
        insecure: false,
        practiceFields: false,
        lockAfterMs: 0,
        attachments: { mostBytes: 1, mostOfRecord: 1 },
        links: [],
        holds: [],
        stories: [],
      }) as const;
    const ask = (account: string) => snapshots.of(ROOM, own(account));
    const together = await Promise.all(Array.from({ length: CONSOLES }, (_, n) => ask(`a-${n}`)));
    expect(reads).toBe(1);
    const kept = await bed.store.snapshot(ROOM, Date.now());
    for (const [n, { position, parts }] of together.entries()) {
      const message = JSON.parse(Buffer.concat([...parts]).toString()) as ServerMessage;
      expect(message).toEqual({ ...own(`a-${n}`)(), ...kept });
      expect(position).toBe(kept.position);
      // The large part is one in memory, whoever it is sent to.
      expect(parts[1]).toBe(together[0]?.parts[1]);
    }
    await callArrives(bed);
    const [later] = await Promise.all([ask('a'), ask('b')]);
    expect(reads).toBe(2);
    expect(later?.position).toBe(await bed.store.lastPosition());
    await expect(snapshots.of('no-room', own('a'))).rejects.toThrow('there is no room');
    expect((await ask('c')).position).toBe(later?.position);
  });
});

describe('a console that takes nothing off its wire', () => {
  /** A wire into memory: it keeps what it is given and, when stuck, never hands it on. */
  function memoryWire(isStuck: boolean) {
    const sent: Buffer[] = [];
    let held = 0;
    let dropped: string | null = null;
    const wire: Wire = {
      send: (data) => {
        sent.push(data);
        if (isStuck) held += data.length;
      },
      sendParts: (parts) => {
        for (const part of parts) wire.send(part);
      },
      bufferedAmount: () => held,
      end: () => {},
      drop: (_code, reason) => {
        dropped = reason;
      },
    };
    return { wire, sent, held: () => held, dropped: () => dropped };
  }

  it('costs no more memory than its limit and one delta, however much happens, and is dropped by the number of changes', async () => {
    const linkedid = await callArrives(bed);
    const kept = await bed.store.snapshot(ROOM, Date.now());
    const [call] = kept.calls;
    if (call === undefined) throw new Error(`no call ${linkedid}`);
    const view = { ...call, notes: Array.from({ length: 40 }, () => ({ ...NOTE })) };
    let listener: (changes: readonly PublishedChange[]) => void = () => {};
    const feed = createRoomFeed({
      store: {
        callViews: (ids) => Promise.resolve(ids.map((id) => ({ ...view, id }))),
        recordViews: () => Promise.resolve([]),
        gapView: () => Promise.resolve(undefined),
        roomView: (room, at) => bed.store.roomView(room, at),
      },
      intake: {
        subscribe: (heard) => {
          listener = heard;
          return () => {};
        },
      },
      links: createLinkBoard(),
      clock: () => 0,
      fail: (error) => {
        throw error;
      },
    });
    const limits = { ...OUTLET_LIMITS, slowBytes: 65_536, mostDirty: 300 };
    const wires = Array.from({ length: CONSOLES }, (_, n) => memoryWire(n === 0));
    for (const { wire } of wires) {
      const outlet = createOutlet({
        wire,
        clock: () => 0,
        limits,
        catchUp: (_dirty, _holds, position) => Promise.resolve({ position, encoded: [] }),
        dropped: () => {},
        fail: () => {},
      });
      feed.join(ROOM, { outlet, client: () => null, roomChanged: () => {}, failed: () => {} });
      await outlet.joined(0);
    }
    const total = 350;
    for (let position = 1; position <= total; position += 1) {
      listener([{ position, room: ROOM, entity: 'call', id: `c-${position}` }]);
      await feed.idle();
    }
    feed.close();
    const [stuck, ...others] = wires;
    const largest = Math.max(...(stuck?.sent ?? []).map((frame) => frame.length));
    expect(stuck?.held()).toBeGreaterThan(limits.slowBytes);
    expect(stuck?.held()).toBeLessThanOrEqual(limits.slowBytes + largest);
    expect(stuck?.dropped()).toBe('too much to catch up');
    for (const { sent, dropped } of others) {
      expect(dropped()).toBeNull();
      expect(callsOf(sent.map((frame) => JSON.parse(frame.toString()) as ServerMessage)).size).toBe(total);
      // One text for all of them.
      expect(sent.every((frame, at) => frame === others[0]?.sent[at])).toBe(true);
    }
  });

  const NOTE = {
    id: newOpId(),
    moment: 0,
    text: '停电现场已有人，请供电公司派车',
    by: '张三',
    at: 0,
    struck: false,
  } as const;
});

describe('a console that asks and does not read', () => {
  it('is not heard until it reads, and is cut', async () => {
    const limits = { ...SOCKET_LIMITS, perSecond: 2_000, burst: 2_000, mostUnread: 65_536, unreadMs: 200 };
    const small = await startWebBed({ socketLimits: limits });
    const officer = await loggedIn(`http://127.0.0.1:${small.web.port}`, 'zhang');
    await callArrives(small);
    const writer = await officer.open();
    const { records } = await writer.next('snapshot');
    const value = '停电'.repeat(9_000);
    const record = records[0]?.id ?? '';
    writer.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value });
    await writer.next('accepted');
    const page = await officer.open();
    await page.next('snapshot');
    page.socket.pause();
    // 54 kB each: 40 MB of answers, of which the network between the two takes a few.
    const asked = 800;
    for (let hello = 0; hello < asked; hello += 1)
      page.send({ type: 'hello', protocol: PROTOCOL, client: page.client, position: null });
    // Meanwhile others are answered.
    for (let ping = 0; !small.logged.some((line) => line.code === 'unread-page-cut'); ping += 1) {
      writer.send({ type: 'ping', at: ping });
      expect((await writer.next('pong')).at).toBe(ping);
    }
    page.socket.resume();
    await page.closed;
    const answers = page.all.filter((message) => message.type === 'snapshot').length;
    expect(answers).toBeLessThan(asked / 2);
    writer.close();
    await small.close();
  });
});
