/** The log-in that listens, against real Asterisks: what it says when it cannot, and what it tells when it can. */
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createListenSession,
  LISTEN_TIMING,
  type ListenState,
} from '../../src/asterisk/listen/listen-session.ts';
import type { ListenAccess } from '../../src/asterisk/listen/listen-socket.ts';
import type { TrackerInput } from '../../src/calls/tracker-input.ts';
import { type AccountName, accountSecret } from '../bed/manager-conf.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { startFlakyProxy } from '../kills/flaky-proxy.ts';
import { openWireTap } from './control/wire-tap.ts';

const TIMING = { ...LISTEN_TIMING, connectWithinMs: 2_000, answerWithinMs: 2_000, doubtEveryMs: 500 };
const offices: Office[] = [];
let office: Office;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  offices.push(office);
});
afterAll(async () => {
  for (const one of offices) await one.stop();
});

function listen(more: Partial<ListenAccess> & { account?: AccountName } = {}, timing = TIMING) {
  const { account = 'listen', ...access } = more;
  const told: TrackerInput[] = [];
  const states: ListenState[] = [];
  const session = createListenSession(
    {
      host: office.ami.host,
      port: office.ami.port,
      tls: null,
      username: account,
      secret: accountSecret(account),
      ...access,
    },
    { input: (input) => void told.push(input), state: (state) => void states.push(state) },
    Date.now,
    Math.random,
    timing,
  );
  const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 20_000, interval: 20 });
  return { session, told, states, until };
}

describe.each([22, 16] as const)('the listen session on Asterisk %i', (version) => {
  beforeAll(async () => {
    if (version === 22) return;
    office = await startOffice({ version, sound: false });
    offices.push(office);
  });

  it('tells a call in order, after link-up and the list of channels', async () => {
    const { session, told, until } = listen();
    await until(() => session.state().state === 'up');
    const call = await office.telco.call(DID.direct);
    await call.reached('answered');
    // Who hangs up in the moment of the answer may be told of before the bridge is (Asterisk 16).
    await until(() => told.some((input) => input.type === 'event' && input.event.type === 'BridgeEnter'));
    call.hangUp();
    await until(
      () => told.filter((input) => input.type === 'event' && input.event.type === 'Hangup').length >= 2,
    );
    const kinds = told.map((input) => (input.type === 'event' ? input.event.type : input.type));
    expect(kinds[0]).toBe('link-up');
    const order = [
      'channels-listed',
      'Newchannel',
      'DialBegin',
      'DialEnd',
      'BridgeEnter',
      'HangupRequest',
      'Hangup',
    ];
    const places = order.map((kind) => kinds.indexOf(kind as (typeof kinds)[number]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(Math.abs(session.state().offsetMs ?? 1_000)).toBeLessThan(500);
    expect(session.counts()).toMatchObject({ oversized: 0, tampered: 0, broken: 0, unreadable: 0 });
    session.stop();
  });

  it('sends its log-in and its few questions through everything that happens, never an order', async () => {
    const wire = await openWireTap(office.ami.host, office.ami.port);
    const timing = { ...TIMING, pingEveryMs: 100 };
    const { session, told, until } = listen({ host: '127.0.0.1', port: wire.port }, timing);
    await until(() => session.state().state === 'up');
    const call = await office.telco.call(DID.direct);
    await call.reached('answered');
    call.hangUp();
    await until(() => told.some((input) => input.type === 'event' && input.event.type === 'Hangup'));
    wire.cut();
    await until(() => told.filter(({ type }) => type === 'channels-listed').length >= 2);
    await until(() => wire.said().includes('Action: Ping'));
    session.stop();
    await wire.close();
    const packets = wire.said().split('\r\n\r\n').filter(Boolean);
    const actions = packets.map((packet) => /^Action: (\w+)\r\n/.exec(packet)?.[1] ?? packet);
    expect(actions.filter((action) => action === 'Login')).toHaveLength(2);
    const allowed = ['Challenge', 'CoreShowChannels', 'CoreStatus', 'Login', 'Logoff', 'Ping'];
    expect([...new Set(actions)].filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it('says that the PBX died, and is back when the PBX is', async () => {
    const { session, told, states, until } = listen();
    await until(() => session.state().state === 'up');
    await office.kill9();
    await until(() => states.some(({ reason }) => reason?.code === 'ami-link-lost'));
    await office.restart();
    await until(() => told.filter(({ type }) => type === 'link-up').length === 2);
    const kinds = told.map(({ type }) => type).filter((type) => type.startsWith('link'));
    expect(kinds).toEqual(['link-up', 'link-down', 'link-up']);
    session.stop();
  });

  it('has lost sight of a PBX that went silent at its last word, not when the waiting was given up', async () => {
    const proxy = await startFlakyProxy({ host: office.ami.host, port: office.ami.port });
    const timing = { ...TIMING, pingEveryMs: 100, answerWithinMs: 1_000 };
    const { session, told, until } = listen({ host: proxy.host, port: proxy.port }, timing);
    await until(() => session.state().state === 'up');
    const cutAt = Date.now();
    proxy.swallow();
    await until(() => session.state().reason?.code === 'ami-no-answer');
    const lost = told.find((input) => input.type === 'link-down');
    expect(Date.now() - cutAt).toBeGreaterThanOrEqual(1_000);
    expect((lost?.at ?? 0) - cutAt).toBeLessThan(500);
    session.stop();
    await proxy.close();
  });

  const refused: readonly (readonly [string, Parameters<typeof listen>[0], string])[] = [
    ['a wrong password', { secret: 'wrong' }, 'ami-wrong-password'],
    ['an unknown account', { username: 'nobody', secret: 'x' }, 'ami-wrong-password'],
    ['a closed port', { port: 5999 }, 'ami-unreachable'],
    [
      'a plain port spoken to by TLS',
      { tls: { caFile: null, fingerprint256: 'ab'.repeat(32) } },
      'ami-tls-failed',
    ],
    [
      'another certificate than the pinned one',
      { port: 5039, tls: { caFile: null, fingerprint256: 'ab'.repeat(32) } },
      'ami-tls-failed',
    ],
    [
      'a certificate of nobody',
      { port: 5039, tls: { caFile: null, fingerprint256: null } },
      'ami-tls-failed',
    ],
  ];
  it.each(refused)('says readably: %s', async (_what, access, code) => {
    const { session, states, until } = listen(access);
    await until(() => states.some(({ state }) => state === 'down'));
    const { reason } = states.find(({ state }) => state === 'down') ?? { reason: null };
    expect(reason?.code).toBe(code);
    expect(reason?.zh).toMatch(/[一-鿿]/u);
    expect(reason?.en).not.toBe('');
    session.stop();
  });

  it('listens over TLS to the pinned certificate', async () => {
    const fingerprint256 = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: office.ami.host, port: 5039, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256 ?? '');
        socket.destroy();
      });
      socket.on('error', reject);
    });
    const { session, until } = listen({ port: 5039, tls: { caFile: null, fingerprint256 } });
    await until(() => session.state().state === 'up');
    expect(session.state().reason).toBeNull();
    session.stop();
  });

  const limits: readonly (readonly [AccountName, string])[] = [
    ['listen-no-write', 'ami-cannot-list'],
    ['listen-no-system', 'ami-no-system-events'],
    ['listen-lean', 'ami-no-dialplan-events'],
  ];
  it.each(limits)('says what the account %s cannot see', async (account, code) => {
    const { session, until } = listen({ account });
    await until(() => session.state().state === 'up');
    const call = await office.telco.call(DID.direct);
    await call.reached('answered');
    call.hangUp();
    await until(() => session.state().limits.length > 0);
    expect(session.state().limits.map((limit) => limit.code)).toEqual([code]);
    session.stop();
  });

  /** Placed and over between two lists of channels. */
  async function shortCall(): Promise<void> {
    const call = await office.telco.call(DID.direct);
    await call.reached('answered');
    call.hangUp();
    await call.reached('ended');
  }

  const deaf: readonly (readonly [AccountName, string])[] = [
    ['listen-no-call', 'by the steps of the dialplan'],
    ['listen-only-system', version === 22 ? 'by the count of calls' : 'by the list of channels'],
  ];
  it.each(deaf)(
    'finds without any event of it that the account %s hears no call, %s',
    async (account, how) => {
      const { session, told, states, until } = listen({ account });
      await until(() => told.some(({ type }) => type === 'channels-listed'));
      const isTold = () => states.at(-1)?.limits.length === 1;
      if (how === 'by the list of channels') {
        const call = await office.telco.call(DID.direct);
        await until(isTold);
        call.hangUp();
      } else {
        await shortCall();
        await until(isTold);
      }
      expect(states.at(-1)).toMatchObject({ state: 'up', limits: [{ code: 'ami-no-call-events' }] });
      session.stop();
    },
  );

  it('says of an account without any class that it can neither list nor hear', async () => {
    const { session, states, until } = listen({ account: 'noclass' });
    await until(() => states.at(-1)?.limits.length === 2);
    expect(states.at(-1)?.limits.map(({ code }) => code)).toEqual([
      'ami-cannot-list',
      'ami-no-system-events',
    ]);
    session.stop();
  });

  it('has no doubt about an account that hears calls, on a quiet line and after a short call', async () => {
    const { session, told, until } = listen();
    await until(() => told.filter(({ type }) => type === 'channels-listed').length >= 2);
    expect(session.state().limits).toEqual([]);
    await shortCall();
    const listed = told.length;
    await until(() =>
      told.slice(listed).some((input) => input.type === 'event' && input.event.type === 'Hangup'),
    );
    await new Promise((resolve) => setTimeout(resolve, 4 * TIMING.doubtEveryMs));
    expect(session.state().limits).toEqual([]);
    session.stop();
  });
});

it('says that events carry no time', async () => {
  office = await startOffice({ timestamps: false, sound: false });
  offices.push(office);
  const { session, told, until } = listen();
  await until(() => session.state().state === 'up');
  const call = await office.telco.call(DID.direct);
  await call.reached('answered');
  call.hangUp();
  await until(() => session.state().limits.some(({ code }) => code === 'ami-no-timestamps'));
  expect(told.some((input) => input.type === 'event' && input.event.type === 'Newchannel')).toBe(true);
  session.stop();
});

it('says that the other side is no PBX', async () => {
  const server = createServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(0, '127.0.0.1');
  await vi.waitUntil(() => server.listening);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { session, states, until } = listen({ host: '127.0.0.1', port });
  await until(() => states.some(({ state }) => state === 'down'));
  expect(states.map(({ reason }) => reason?.code)).toContain('ami-not-asterisk');
  session.stop();
  server.close();
});
