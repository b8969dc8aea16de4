import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESSAGE_TYPES } from '../../src/web/parse-client-message.ts';
import type { ClientMessage } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { accessPage } from './access-page.ts';
import { MESSAGES, type Question, ROUTES, type Verdicts } from './access-table.ts';
import { ACTORS, type Actor, closed, REACHES, type Reach, startWorld, type World } from './access-world.ts';
import type { Page } from './browser.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** What the server answers, as the table names it. Files of the page are everybody's and know nothing. */
function registered(): readonly string[] {
  const ours = world.bed.web.routes.filter((route) => /^\S+ \/(?:api\/|health)/.test(route));
  return [...new Set(ours.map((route) => route.replaceAll(/:\w+/g, 'ID')))].sort(byText);
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

/** For each reach that the row tells apart. */
function reachesOf(verdicts: Verdicts): readonly Reach[] {
  const apart = Object.values(verdicts).some((verdict) => verdict.includes(' '));
  return apart ? REACHES : ['own'];
}

function expected(verdict: string, reach: Reach): string {
  const parts = verdict.split(' ');
  return parts[REACHES.indexOf(reach)] ?? parts[0] ?? '';
}

async function answerTo(who: Actor, method: string, reach: Reach, row: (typeof ROUTES)[string]) {
  const own = await world.session(who);
  const { path, body, bytes }: Question = await row.ask(world.target(reach), own);
  const answer = await own(path, {
    method,
    ...(bytes === undefined ? {} : { headers: { 'content-type': 'application/octet-stream' }, body: bytes }),
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (answer.ok) {
    await answer.arrayBuffer();
    return String(answer.status);
  }
  const text = await answer.text();
  return text === '' ? String(answer.status) : ((JSON.parse(text) as { code: string }).code ?? text);
}

describe('every address', () => {
  it('has a row, and no row is without an address', () => {
    const routes = registered().filter((route) => !route.startsWith('HEAD '));
    expect(routes.length).toBeGreaterThan(45);
    expect(Object.keys(ROUTES).sort(byText)).toEqual(routes);
  });

  it.each(Object.keys(ROUTES))('%s', async (route) => {
    const row = ROUTES[route];
    if (row === undefined) throw new Error('no row');
    const [method = ''] = route.split(' ');
    const told: string[] = [];
    const wanted: string[] = [];
    for (const who of ACTORS)
      for (const reach of reachesOf(row.verdicts)) {
        told.push(`${who} ${reach}: ${await answerTo(who, method, reach, row)}`);
        wanted.push(`${who} ${reach}: ${expected(row.verdicts[who], reach)}`);
      }
    expect(told).toEqual(wanted);
  });

  it.each(Object.keys(ROUTES).filter((route) => route.startsWith('GET ')))(
    'HEAD says no more than %s',
    async (route) => {
      const row = ROUTES[route];
      if (row === undefined) throw new Error('no row');
      for (const who of ['auditor', 'nobody', 'locked'] as const) {
        const own = await world.session(who);
        const { path } = await row.ask(world.target('foreign'), own);
        const [read, head] = [await own(path), await own(path, { method: 'HEAD' })];
        await read.arrayBuffer();
        expect([who, head.status, await head.text()]).toEqual([who, read.status, '']);
      }
    },
  );
});

describe('every message', () => {
  it('has a row, and no row is without a message', () => {
    expect(MESSAGE_TYPES.length).toBeGreaterThan(20);
    expect(Object.keys(MESSAGES).sort(byText)).toEqual([...MESSAGE_TYPES].sort(byText));
  });

  it.each(MESSAGE_TYPES)('%s', async (type) => {
    const { verdicts } = MESSAGES[type];
    const told: string[] = [];
    const wanted: string[] = [];
    for (const who of ACTORS)
      for (const reach of reachesOf(verdicts)) {
        told.push(`${who} ${reach}: ${await outcomeOf(who, reach, type)}`);
        wanted.push(`${who} ${reach}: ${expected(verdicts[who], reach)}`);
      }
    expect(told).toEqual(wanted);
  });
});

/** What comes of a message, in the words of the table. */
async function outcomeOf(who: Actor, reach: Reach, type: ClientMessage['type']): Promise<string> {
  const page = await world.page(who, type === 'hello' ? reach : 'own');
  if (typeof page === 'string') return page;
  const target = world.target(reach);
  const greeting = await first(page);
  if (type === 'hello' || greeting === 'no-room') {
    await closed(page);
    return type !== 'hello' || greeting !== 'snapshot' ? greeting : roomOf(page, target.room);
  }
  const message = await MESSAGES[type].say(target);
  const before = MESSAGES[type].before?.(message);
  // Whether a colleague is told is asked only of what has no answer of its own.
  const observer = 'opId' in message ? null : await world.observer(reach);
  if (before !== undefined) page.send(before);
  page.send(message);
  const outcome =
    'opId' in message ? await answer(page, message.opId) : await effect(page, observer ?? page, type);
  await Promise.all([page, ...(observer === null ? [] : [observer])].map(closed));
  return outcome;
}

/** `snapshot`, `locked`, or why not. */
async function first(page: Page): Promise<string> {
  const said = await heard(page, ({ type }) => ['snapshot', 'locked', 'refused'].includes(type));
  return said.type === 'refused' ? said.refusal.code : said.type;
}

/** The first message that fits, come or to come. */
function heard(page: Page, fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = page.all.find(fits);
      if (found !== undefined) resolve(found);
    };
    page.socket.on('message', look);
    page.socket.on('close', () => reject(new Error('closed')));
    look();
  });
}

function roomOf(page: Page, room: string): string {
  const snapshot = page.all.find((message) => message.type === 'snapshot');
  return snapshot?.room.id === room ? 'entered' : 'own-room';
}

async function answer(page: Page, opId: string): Promise<string> {
  const said = await heard(page, (message) => 'opId' in message && message.opId === opId);
  return said.type === 'refused' ? said.refusal.code : said.type;
}

/** What has no answer: after both have been heard again, the colleague was told or not. */
async function effect(page: Page, observer: Page, type: ClientMessage['type']): Promise<string> {
  if (type !== 'ping') page.send({ type: 'ping', at: 2 });
  await heard(page, (message) => message.type === 'pong');
  if (type === 'ping') return 'pong';
  observer.send({ type: 'ping', at: 3 });
  await heard(observer, (message) => message.type === 'pong');
  const sign = type === 'hold' ? 'hold' : 'released';
  const told = observer.all.some((message) => message.type === sign);
  return told ? 'told' : 'nothing';
}

it('docs/reference/access.md is this table (`vitest run --update=true` of this file writes it)', async () => {
  const file = join(import.meta.dirname, '../../docs/reference/access.md');
  await expect(accessPage()).toMatchFileSnapshot(file);
});
