import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { HandOverView } from '../../src/duty/hand-over-view.ts';
import { newId } from '../../src/storage/new-id.ts';
import { hashPassword } from '../../src/web/password.ts';
import type { AskedProbe, ProbeOffice } from '../../src/web/probe-desk.ts';
import type { DutyNotesView } from '../../src/web/protocol/duty-notes-view.ts';
import { type Browser, createBrowser, keptLogins, loggedIn, newOpId } from './browser.ts';
import { callArrives, PIN, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed();
  const pinHash = await hashPassword(PIN);
  for (const person of ['p-zhang', 'p-li', 'p-city'])
    await bed.intake.work({ type: 'person-pin', person, pinHash, at: Date.now() });
});
afterAll(() => bed.close());

function post(browser: Browser, path: string, body: unknown = {}, room = 'r-county', origin = base()) {
  return browser.fetch(`/api/hand-over/${room}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}
async function codeOf(answer: Response): Promise<string> {
  return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
}
const sign = (browser: Browser, id: string, as: string, person: string, notes: number | null) =>
  post(browser, '/signatures', { id, as, person, pin: PIN, notes }).then(codeOf);
async function read(browser: Browser): Promise<HandOverView> {
  return (await (await browser.fetch('/api/hand-over/r-county')).json()) as HandOverView;
}

describe('交接班', () => {
  it('is signed by two people with their own PINs, at one seat', async () => {
    const zhang = await at('zhang');
    await callArrives(bed, 'county', Date.now());
    expect(await codeOf(await post(zhang, ''))).toBe('204');
    const { open, mayHandOver } = await read(zhang);
    expect(mayHandOver).toBe(true);
    expect(open?.handOver.matters).toMatchObject([{ kind: 'draft', handed: true }]);
    const id = open?.handOver.id ?? '';
    const sign = async (as: string, person: string, pin = PIN) =>
      codeOf(await post(zhang, '/signatures', { id, as, person, pin, notes: as === 'taker' ? 0 : null }));
    expect(await sign('giver', 'p-zhang', '0000')).toBe('wrong-pin');
    expect(await sign('giver', 'p-city')).toBe('not-found');
    expect(await sign('taker', 'p-li')).toBe('hand-over-giver-first');
    const matter = { kind: 'draft', id: open?.handOver.matters[0]?.id };
    const decide = { id, matter, handed: false, reason: null };
    expect(await codeOf(await post(zhang, '/matters', decide))).toBe('204');
    expect(await sign('giver', 'p-zhang')).toBe('hand-over-matters-undecided');
    expect(await codeOf(await post(zhang, '/matters', { ...decide, handed: true }))).toBe('204');
    expect(await codeOf(await post(zhang, '/devices', { id, device: 'printer', works: true }))).toBe('204');
    expect(await sign('giver', 'p-zhang')).toBe('204');
    expect(await sign('taker', 'p-zhang')).toBe('hand-over-same-person');
    expect(await sign('taker', 'p-li')).toBe('204');
    const after = await read(await at('supervisor'));
    expect(after).toMatchObject({ open: null, broken: null, mayHandOver: false });
    expect(after.past[0]?.handOver).toMatchObject({
      ...{ id, state: 'done', devices: { printer: true } },
      ...{ giver: { person: 'p-zhang' }, takers: [{ person: 'p-li' }] },
    });
    expect((await bed.store.auditOf('p-zhang')).map(({ kind }) => kind)).toContain('pin-refused');
  });

  it('is for nobody from elsewhere, and nothing malformed', async () => {
    const zhang = await at('zhang');
    expect((await createBrowser(base()).fetch('/api/hand-over/r-county')).status).toBe(401);
    expect((await post(zhang, '', {}, 'r-county', 'http://elsewhere.example')).status).toBe(403);
    expect((await post(zhang, '', {}, 'r-city')).status).toBe(404);
    expect((await post(await at('supervisor'), '')).status).toBe(403);
    for (const [path, body] of [
      ['/matters', { id: 'x' }],
      ['/devices', { id: 'x', device: 'kettle', works: true }],
      ['/signatures', { id: 'x', as: 'boss', person: 'p-li', pin: PIN }],
      ['/signatures', { id: '../x', as: 'giver', person: 'p-li', pin: PIN }],
      ['/end', { id: 'x', how: 'somehow' }],
      ['/end', null],
    ] as const)
      expect([path, (await post(zhang, path, body)).status]).toEqual([path, 400]);
  });

  it('is taken by who has read 本班须知 as it stands; the version stays with the signature', async () => {
    const zhang = await at('zhang');
    await post(zhang, '');
    const id = (await read(zhang)).open?.handOver.id ?? '';
    expect(await sign(zhang, id, 'giver', 'p-li', null)).toBe('204');
    expect(await sign(zhang, id, 'taker', 'p-zhang', null)).toBe('hand-over-notes-unread');
    const edited = { ...FIRST_NOTES, other: '今夜有雨' };
    await bed.intake.work({
      ...{ type: 'duty-notes-edit', room: 'r-county', base: 0, notes: edited, at: Date.now() },
      ...{ account: null, person: null, name: '张三' },
    });
    expect((await read(zhang)).notesVersion).toBe(1);
    expect(await sign(zhang, id, 'taker', 'p-zhang', 0)).toBe('hand-over-notes-unread');
    expect(await sign(zhang, id, 'taker', 'p-zhang', 1)).toBe('204');
    expect((await read(zhang)).past[0]?.handOver.takers).toMatchObject([{ person: 'p-zhang', notes: 1 }]);
  });

  it('hands over a 待办 until it is closed', async () => {
    const zhang = await at('zhang');
    const task = { id: newId(), text: ' 通知各乡镇\n上报值班表 ', dueAt: 2_000_000_000_000 };
    expect(await codeOf(await post(zhang, '/tasks', { ...task, text: ' ' }))).toBe('task-empty');
    expect(await codeOf(await post(zhang, '/tasks', task))).toBe('204');
    expect(await codeOf(await post(zhang, '/tasks', task))).toBe('204');
    const tasks = async () => (await read(zhang)).matters.filter(({ kind }) => kind === 'task');
    expect(await tasks()).toMatchObject([
      { id: task.id, text: '通知各乡镇 上报值班表', dueAt: task.dueAt, person: '张三' },
    ]);
    await post(zhang, '');
    const { open } = await read(zhang);
    const id = open?.handOver.id ?? '';
    expect(open?.handOver.matters).toContainEqual({ kind: 'task', id: task.id, handed: true, reason: null });
    expect(await sign(zhang, id, 'giver', 'p-zhang', null)).toBe('204');
    expect(await sign(zhang, id, 'taker', 'p-li', 1)).toBe('204');
    expect(await tasks()).toHaveLength(1);
    expect(await codeOf(await post(zhang, `/tasks/${newId()}/close`))).toBe('task-unknown');
    expect(await codeOf(await post(await at('city'), `/tasks/${task.id}/close`, {}, 'r-city'))).toBe(
      'task-unknown',
    );
    expect(await codeOf(await post(zhang, `/tasks/${task.id}/close`))).toBe('204');
    expect(await tasks()).toEqual([]);
    const kept = await zhang.fetch(`/api/hand-over/r-county/past/${id}`);
    const { matters } = (await kept.json()) as Pick<HandOverView, 'matters'>;
    expect(matters).toContainEqual(expect.objectContaining({ kind: 'task', text: '通知各乡镇 上报值班表' }));
  });

  it('tells 带班领导 of the roster by an alert when nobody comes, and says so at the desk until somebody does', async () => {
    const zhang = await at('zhang');
    const at20 = Date.now();
    const office = await bed.store.office();
    const leader = { id: 'p-ma', room: 'r-county', name: '马文', title: '副区长', phone: null };
    const shift = { id: 'x', room: 'r-county', from: at20 - 1_000, to: at20 + 3_600_000 };
    await bed.intake.work({
      ...{ type: 'office-import', at: at20 },
      office: {
        ...office,
        people: [...office.people, leader],
        shifts: [{ ...shift, leaders: ['p-ma'], officers: ['p-zhang'] }],
      },
    });
    await post(zhang, '');
    const id = (await read(zhang)).open?.handOver.id ?? '';
    expect(await codeOf(await post(zhang, '/end', { id, how: 'stay' }))).toBe('204');
    const [alert] = await bed.store.alertLog(['r-county'], false, 5);
    expect(alert).toMatchObject({ kind: 'hand-over-stayed' });
    expect(alert?.zh).toContain('区政府值班室无人接班');
    expect(alert?.zh).toContain('带班领导马文');
    expect((await read(zhang)).past[0]?.handOver).toMatchObject({ state: 'stayed', told: ['p-ma'] });
    const stayed = async () => (await bed.store.roomView('r-county', Date.now()))?.stayed;
    expect(await stayed()).toMatchObject({ told: [{ name: '马文' }] });
    // The roster has 张三 since a second; it is 李四 who sits there and stays, also on 本班须知 and in the top bar.
    const running = async () => {
      const answer = await zhang.fetch('/api/duty-notes/r-county');
      const { names, leaders, officers } = ((await answer.json()) as DutyNotesView<unknown>).running;
      const named = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);
      const top = (await bed.store.roomView('r-county', Date.now()))?.onDuty;
      return [names, named(leaders), named(officers), named(top?.officers ?? [])];
    };
    expect(await running()).toEqual([['继续值守'], ['马文'], ['李四'], ['李四']]);
    await post(zhang, '');
    const again = (await read(zhang)).open?.handOver.id ?? '';
    expect(await sign(zhang, again, 'giver', 'p-li', null)).toBe('204');
    expect(await sign(zhang, again, 'taker', 'p-zhang', 1)).toBe('204');
    expect(await stayed()).toBeUndefined();
    expect(await running()).toEqual([[], ['马文'], ['张三'], ['张三']]);
    expect((await read(zhang)).broken).toBeNull();
  });

  it('seats who took over, and every page of the seat says so at once', async () => {
    const zhang = await at('zhang');
    const pages = [await zhang.open(), await (await at('shared')).open()];
    for (const page of pages) {
      await page.next('snapshot');
      page.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
      await page.next('me', ({ me }) => me.person?.id === 'p-zhang');
    }
    await post(zhang, '');
    const { open, notesVersion } = await read(zhang);
    const id = open?.handOver.id ?? '';
    expect(await sign(zhang, id, 'giver', 'p-zhang', null)).toBe('204');
    expect(await sign(zhang, id, 'taker', 'p-li', notesVersion)).toBe('204');
    for (const page of pages) {
      await page.next('me', ({ me }) => me.person?.id === 'p-li');
      page.close();
    }
  });
});

describe('拨测 before 交接班', () => {
  it('is asked for once when it begins, and its refusal stands beside the telephone', async () => {
    const asked: AskedProbe[] = [];
    const refusal = { code: 'probe-quiet-hours', zh: '现在是免打扰时段。', en: 'Quiet hours.' };
    const probeOffice: ProbeOffice = {
      reaches: () => true,
      ask: (wanted) => {
        asked.push(wanted);
        return Promise.resolve({ ok: false, refusal });
      },
      askRound: () => Promise.reject(new Error('nobody asks for a round')),
      end: () => Promise.resolve(),
    };
    const own = await startWebBed({ probeAtHandOver: true }, { probeOffice });
    const origin = `http://127.0.0.1:${own.web.port}`;
    const zhang = await loggedIn(origin, 'zhang');
    const begin = () => zhang.fetch('/api/hand-over/r-county', { method: 'POST', headers: { origin } });
    expect((await begin()).status).toBe(204);
    expect((await begin()).status).toBe(204);
    const probes = async () =>
      (await own.store.handOverState('r-county', Date.now())).open?.handOver.probes ?? [];
    await expect.poll(probes).toEqual([{ line: 'l-county', probe: null, refused: refusal.zh }]);
    expect(asked).toEqual([{ line: 'l-county', scope: 'always', consent: false, account: 'a-zhang' }]);
    await own.close();
  });
});
