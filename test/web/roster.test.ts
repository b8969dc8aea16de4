import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../src/documents/read-table.ts';
import type { RosterImportPreview } from '../../src/duty/roster-import-view.ts';
import type { RosterShiftView, RosterView } from '../../src/duty/roster-view.ts';
import type { Standing } from '../../src/duty/standing.ts';
import { newId } from '../../src/storage/new-id.ts';
import { rulesDraft } from '../../src/ui/roster/rules-draft.ts';
import { saveRules } from '../../src/ui/roster/save-rules.ts';
import type { DutyNotesView } from '../../src/web/protocol/duty-notes-view.ts';
import { mergedXlsx } from '../documents/tables.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);
/** Far enough ahead: every shift of it is still to come. */
const YEAR = new Date().getFullYear() + 1;
const MONDAY = `${YEAR}-03-01`;

beforeAll(async () => {
  bed = await startWebBed();
});
afterAll(() => bed.close());

function post(browser: Browser, path: string, body: unknown, room = 'r-county', origin = base()) {
  return browser.fetch(`/api/roster/${room}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}
async function codeOf(answer: Response): Promise<string> {
  return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
}
async function read(browser: Browser, days = 2, room = 'r-county'): Promise<RosterView> {
  const answer = await browser.fetch(`/api/roster/${room}?from=${MONDAY}&days=${days}`);
  return (await answer.json()) as RosterView;
}
const say = async (person: string, standing: Standing) =>
  codeOf(await post(await at('zhang'), 'standing', { person, standing }));
function put(shift: RosterShiftView | undefined, person: string | null) {
  const posts = person === null ? [] : [{ role: '值班员', kind: 'officer', person }];
  return { ...ends(shift), name: shift?.name, base: shift?.revision, posts };
}
function ends(shift: RosterShiftView | undefined) {
  return { from: shift?.from, to: shift?.to };
}

describe('值班表', () => {
  it('is for nobody who is not logged in, nor from another site, nor for what is malformed', async () => {
    expect((await createBrowser(base()).fetch(`/api/roster/r-county?from=${MONDAY}&days=7`)).status).toBe(
      401,
    );
    const zhang = await at('zhang');
    const days = { opId: newId(), from: MONDAY, to: MONDAY };
    expect((await post(zhang, 'publish', days, 'r-county', 'http://elsewhere.example')).status).toBe(403);
    for (const query of ['', '?from=2026-02-30&days=7', `?from=${MONDAY}&days=63`, `?from=${MONDAY}&days=0`])
      expect((await zhang.fetch(`/api/roster/r-county${query}`)).status).toBe(400);
    const shift = put((await read(zhang)).shifts[0], null);
    for (const [path, body] of [
      ['plan', { shifts: [] }],
      ['plan', { shifts: [shift, shift] }],
      ['plan', { shifts: [{ ...shift, posts: [{ role: '值班员', kind: 'cook', person: 'p-li' }] }] }],
      ['plan', { shifts: [{ ...shift, posts: [{ role: '值班员', kind: 'officer', person: '../etc' }] }] }],
      ['publish', { opId: newId(), from: MONDAY, to: 'tomorrow' }],
      ['publish', { from: MONDAY, to: MONDAY }],
      ['standing', { person: 'p-li', standing: '正式人员' }],
      ['swaps', { opId: newId(), shift: {}, taker: 'p-li', back: null, reason: '' }],
      ['rules', { base: 0, rules: {} }],
    ] as const)
      expect([path, (await post(zhang, path, body)).status]).toEqual([path, 400]);
  });

  it('is planned, refused in the words of the notice, published, and then answers 本班须知 and the top bar', async () => {
    const zhang = await at('zhang');
    const before = await read(zhang);
    expect(before.shifts.map(({ day, name }) => `${day} ${name}`)).toEqual([
      `${MONDAY} 白班`,
      `${MONDAY} 夜班`,
      `${YEAR}-03-02 白班`,
      `${YEAR}-03-02 夜班`,
    ]);
    // Nobody at all from the first midnight to the last.
    expect(before.troubles.filter(({ kind }) => kind === 'gap')).toHaveLength(2);
    expect(await say('p-li', 'rural-service')).toBe('204');
    const refused = await post(zhang, 'plan', { shifts: [put(before.shifts[0], 'p-li')] });
    expect(((await refused.json()) as { zh: string }).zh).toContain('三支一扶人员，不得安排值班');
    expect(await say('p-li', 'permanent')).toBe('204');
    expect(await say('p-zhang', 'permanent')).toBe('204');
    const shifts = [put(before.shifts[0], 'p-li'), put(before.shifts[1], 'p-zhang')];
    expect(await codeOf(await post(zhang, 'plan', { shifts }))).toBe('204');
    expect(await codeOf(await post(await at('li'), 'plan', { shifts: [put(before.shifts[0], null)] }))).toBe(
      'roster-changed-meanwhile',
    );
    expect((await read(zhang)).shifts[0]).toMatchObject({ published: null, revision: 1 });
    expect(await codeOf(await post(zhang, 'publish', { opId: newId(), from: MONDAY, to: MONDAY }))).toBe(
      '204',
    );
    const after = await read(zhang);
    expect(after.shifts[0]?.published).toEqual(after.shifts[0]?.posts);
    expect(after.publications[0]).toMatchObject({ from: MONDAY, to: MONDAY, changed: 2, by: '张三' });
    const { changes } = (await (
      await zhang.fetch(
        `/api/roster/r-county/changes?from=${after.shifts[0]?.from}&to=${after.shifts[0]?.to}`,
      )
    ).json()) as { changes: { what: string }[] };
    expect(changes.map(({ what }) => what)).toEqual(['published', 'edited']);
    // The next shift that anybody knows of is the first one published.
    const notes = (await (await zhang.fetch('/api/duty-notes/r-county')).json()) as DutyNotesView<unknown>;
    expect(notes.next).toMatchObject({
      from: after.shifts[0]?.from,
      names: ['白班'],
      officers: [{ name: '李四' }],
    });
  });

  it('is swapped between two people: asked by one, accepted by the other only', async () => {
    const [zhang, li] = [await at('zhang'), await at('li')];
    const { shifts } = await read(zhang);
    const asked = {
      ...{ opId: newId(), shift: ends(shifts[1]), taker: 'p-li', back: ends(shifts[0]) },
      reason: '家中有事',
    };
    expect(await codeOf(await post(await at('shared'), 'swaps', asked))).toBe('no-person');
    expect(await codeOf(await post(zhang, 'swaps', asked))).toBe('204');
    // Sent again after a lost answer.
    expect(await codeOf(await post(zhang, 'swaps', asked))).toBe('204');
    expect((await read(li)).swaps).toHaveLength(1);
    const id = (await read(li)).swaps[0]?.id;
    const answer = { how: 'accepted', words: '' };
    expect(await codeOf(await post(zhang, `swaps/${id}`, answer))).toBe('swap-not-yours');
    expect(await codeOf(await post(await at('city'), `swaps/${id}`, answer, 'r-city'))).toBe('swap-unknown');
    expect(await codeOf(await post(li, `swaps/${id}`, answer))).toBe('204');
    const after = await read(zhang);
    expect(after.shifts.slice(0, 2).map(({ published }) => published?.[0]?.person)).toEqual([
      'p-zhang',
      'p-li',
    ]);
    expect(after.swaps[0]).toMatchObject({ id, state: 'accepted', answeredBy: '李四' });
  });

  it('is reported upward, and said to be outdated when it changes afterwards', async () => {
    const zhang = await at('zhang');
    const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const rules = {
      ...(await read(zhang)).rules,
      holidays: [
        { name: '某节', from: MONDAY, to: MONDAY },
        { name: '近节', from: soon, to: soon },
      ],
      reportTo: '市政府总值班室',
    };
    expect(await codeOf(await post(zhang, 'rules', { base: 0, rules }))).toBe('204');
    expect((await read(zhang)).due).toMatchObject([{ holiday: { name: '近节' }, state: 'late' }]);
    const notes = (await (await zhang.fetch('/api/duty-notes/r-county')).json()) as DutyNotesView<unknown>;
    expect(notes.reportsDue).toMatchObject([{ name: '近节', from: soon, state: 'late' }]);
    const due = async () => (await bed.store.roomView('r-county', Date.now()))?.rosterDue;
    expect(await due()).toMatchObject([{ name: '近节', from: soon, to: soon }]);
    const report = { opId: newId(), from: MONDAY, to: MONDAY, reportedTo: '市政府总值班室', way: 'document' };
    expect(await codeOf(await post(zhang, 'report', { ...report, reportedAt: Date.now() + 60_000 }))).toBe(
      'roster-report-future',
    );
    expect(await codeOf(await post(zhang, 'report', { ...report, reportedAt: Date.now() }))).toBe('204');
    // Sent again after a lost answer.
    expect(await codeOf(await post(zhang, 'report', { ...report, reportedAt: Date.now() }))).toBe('204');
    const reported = await read(zhang);
    expect(reported.reports).toMatchObject([{ from: MONDAY, way: 'document', by: '张三' }]);
    expect(reported.outdated).toEqual([]);
    const shift = put(reported.shifts[0], 'p-li');
    expect(await codeOf(await post(zhang, 'plan', { shifts: [shift] }))).toBe('204');
    expect(await codeOf(await post(zhang, 'publish', { opId: newId(), from: MONDAY, to: MONDAY }))).toBe(
      '204',
    );
    expect((await read(zhang)).outdated).toMatchObject([{ id: reported.reports[0]?.id }]);
    // What stood on 值班台 goes once the near one went up.
    expect(await due()).toHaveLength(1);
    const near = (
      (await (await zhang.fetch(`/api/roster/r-county?from=${soon}&days=1`)).json()) as RosterView
    ).shifts[0];
    expect(await codeOf(await post(zhang, 'plan', { shifts: [put(near, 'p-zhang')] }))).toBe('204');
    expect(await codeOf(await post(zhang, 'publish', { opId: newId(), from: soon, to: soon }))).toBe('204');
    const ofSoon = { ...report, opId: newId(), from: soon, to: soon, reportedAt: Date.now() };
    expect(await codeOf(await post(zhang, 'report', ofSoon))).toBe('204');
    expect(await due()).toEqual([]);
  });

  it('comes from a messy spreadsheet, all or nothing, and goes into one that can be read back', async () => {
    const zhang = await at('zhang');
    // The date is merged over both rows of a day.
    const file = await mergedXlsx(
      [
        [`某局${YEAR}年4月值班表`, '', '', ''],
        ['日期', '班次', '值班人员', '电话'],
        ['4月1日（周三）', '白班', '李 四 0954-2035678、13900001111', ''],
        ['', '夜班', '张三', ''],
        ['2日', '白班', '赵六', ''],
      ],
      ['A1:D1', 'A3:A4'],
    );
    const upload = (body: Uint8Array) =>
      zhang.fetch('/api/roster/r-county/preview', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', origin: base() },
        body: body as never,
      });
    const preview = (await (await upload(file)).json()) as RosterImportPreview;
    expect(preview.troubles).toMatchObject([{ row: 5, column: '值班人员', text: '赵六' }]);
    expect(preview.shifts.map(({ day, name, posts, rows }) => [day, name, posts[0]?.person, rows])).toEqual([
      [`${YEAR}-04-01`, '白班', 'p-li', [3]],
      [`${YEAR}-04-01`, '夜班', 'p-zhang', [4]],
    ]);
    const shifts = preview.shifts.map(({ from, to, name, posts, base: over }) => ({
      ...{ from, to, name, posts, base: over },
    }));
    const bad = {
      ...shifts[0],
      from: (shifts[0]?.from ?? 0) + 1,
      posts: [{ role: '值班员', kind: 'officer', person: 'p-city' }],
    };
    expect(await codeOf(await post(zhang, 'import', { shifts: [...shifts, bad] }))).toBe(
      'roster-person-unknown',
    );
    const april = async () =>
      (await (await zhang.fetch(`/api/roster/r-county?from=${YEAR}-04-01&days=1`)).json()) as RosterView;
    expect((await april()).shifts.every(({ posts }) => posts.length === 0)).toBe(true);
    expect(await codeOf(await post(zhang, 'import', { shifts }))).toBe('204');
    expect((await april()).shifts.map(({ posts }) => posts[0]?.person)).toEqual(['p-li', 'p-zhang']);
    // A file of the leaders alone leaves the officers where they are.
    const leaders = (await (
      await upload(Buffer.from(`日期,班次,带班领导\n${YEAR}-04-01,白班,张三\n`))
    ).json()) as RosterImportPreview;
    expect(leaders.shifts[0]?.posts.map(({ role, person }) => [role, person])).toEqual([
      ['带班领导', 'p-zhang'],
      ['值班员', 'p-li'],
    ]);
    const sheet = await zhang.fetch(`/api/roster/r-county/xlsx?from=${YEAR}-04-01&days=1`);
    const bytes = Buffer.from(await sheet.arrayBuffer());
    const table = await readTable(bytes);
    expect(table.ok && table.rows[1]).toEqual([
      ...[`${YEAR}-04-01`, expect.stringMatching(/^星期.$/), '白班', '08:00–20:00'],
      ...['', '李四', '', '未发布'],
    ]);
    const again = (await (await upload(bytes)).json()) as RosterImportPreview;
    expect(again.shifts.map(({ posts, before }) => [posts, before])).toEqual(
      preview.shifts.map(({ posts }) => [posts, posts]),
    );
    const kinds = (await bed.store.auditOf('r-county')).map(({ kind }) => kind);
    for (const kind of ['roster-imported', 'roster-exported', 'roster-published', 'swap-accepted'])
      expect(kinds).toContain(kind);
  });

  it('has its rules saved with one press by two people at once, and with another where both changed the same', async () => {
    const [zhang, li] = [await at('zhang'), await at('li')];
    const days = { from: MONDAY, days: 2 };
    const desk = (browser: Browser) => ({
      read: () => read(browser),
      send: async (path: string, body: unknown) => {
        const answer = await post(browser, path, body);
        return answer.status === 204 ? null : ((await answer.json()) as { zh: string }).zh;
      },
    });
    const view = await read(zhang);
    const seen = rulesDraft(view.rules);
    const opened = { draft: seen, seen, base: view.rulesVersion };
    const named = (reportTo: string) => ({ ...opened, draft: { ...opened.draft, reportTo } });
    const roles = [...seen.roles, { name: '司机', kind: 'standby' as const }];
    expect(await saveRules(desk(li), days, { ...opened, draft: { ...seen, roles } })).toBeNull();
    expect(await saveRules(desk(zhang), days, named('区政府总值班室'))).toBeNull();
    const both = (await read(zhang)).rules;
    expect([both.roles.at(-1)?.name, both.reportTo]).toEqual(['司机', '区政府总值班室']);
    const told = await saveRules(desk(li), days, named('市政府'));
    expect(told?.said).toContain('他人刚保存了不同的报送给，');
    expect((await read(zhang)).rules).toEqual(both);
    if (told !== null) expect(await saveRules(desk(li), days, told.next)).toBeNull();
    expect((await read(zhang)).rules).toEqual({ ...both, reportTo: '市政府' });
  });
});
