/** Issue 1's main road on a real Asterisk: a call becomes a draft, is typed, registered, and its sound is played. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentView } from '../src/duty/incident-view.ts';
import type { CallView } from '../src/web/protocol/call-view.ts';
import type { RecordView } from '../src/web/protocol/record-view.ts';
import { DID, OUTSIDE } from './bed/numbers.ts';
import type { Office } from './bed/office.ts';
import { startOffice } from './bed/office.ts';
import { ringForEver } from './bed/sip-behaviour.ts';
import type { Browser, Page } from './web/browser.ts';
import { loggedIn, newOpId } from './web/browser.ts';
import type { OfficeService } from './web/office-service.ts';
import { startOfficeService } from './web/office-service.ts';

it('takes a line for unwatched when its account hears no call', async () => {
  const office = await startOffice({ sound: false });
  const bed = await startOfficeService(office, { listen: 'listen-no-call' });
  await bed.watching();
  const page = await (await loggedIn(bed.base, 'zhang')).open();
  expect((await page.next('snapshot')).links).toMatchObject([{ state: 'up' }]);
  const call = await office.telco.call(DID.direct);
  await call.reached('answered');
  call.hangUp();
  await vi.waitUntil(() => bed.service.links.get('office')?.state === 'down', { timeout: 15_000 });
  expect(bed.service.links.get('office')?.reason?.code).toBe('ami-no-call-events');
  const health = await fetch(`${bed.base}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ ok: false, links: [{ state: 'down' }] });
  page.close();
  await bed.stop();
  await office.stop();
});

describe.each([22, 16] as const)('the service beside Asterisk %i', (version) => {
  let office: Office;
  let bed: OfficeService;
  let zhang: Browser;
  beforeAll(async () => {
    office = await startOffice({ version });
    bed = await startOfficeService(office);
    zhang = await loggedIn(bed.base, 'zhang');
  });
  afterAll(async () => {
    await bed?.stop();
    await office?.stop();
  });

  it('opens the draft while it rings, keeps what is typed, gives a number, and plays the sound', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    await page.next('accepted');

    // It is picked up when its draft was seen: the page may be late on a loaded machine.
    office.phones['1001'].behave(ringForEver);
    const outside = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    const ringing = await callIn(page, (call) => call.phase === 'arriving' || call.phase === 'ringing');
    expect(outside.phase()).not.toBe('answered');
    expect(ringing.caller).toMatchObject({ number: OUTSIDE.caller, unit: '市应急管理局', class: 'superior' });
    const draft = await recordIn(page, (record) => record.call === ringing.id);
    expect(draft).toMatchObject({ state: 'draft', fields: { callerUnit: { value: '市应急管理局' } } });

    const phone = await office.phones['1001'].nextCall();
    phone.answer();
    await outside.reached('answered');
    const talking = await callIn(page, (call) => call.id === ringing.id && call.phase === 'talking');
    expect(talking.answeredBy).toBe('PJSIP/1001');
    const content = '固原市原州区停电，已通知供电公司。𠮷';
    page.send({
      type: 'patch',
      opId: newOpId(),
      record: draft.id,
      field: 'content',
      base: 0,
      value: content,
    });
    await page.next('accepted');
    await recordIn(page, (record) => record.id === draft.id && record.fields.recorder.value === '张三');

    outside.after(1_500, () => outside.hangUp());
    const ended = await callIn(page, (call) => call.id === ringing.id && call.phase === 'ended');
    expect(ended).toMatchObject({ outcome: 'answered', hungUpBy: 'caller', complete: true });
    page.send({ type: 'register', opId: newOpId(), record: draft.id });
    await page.next('accepted');
    const registered = await recordIn(page, (record) => record.id === draft.id && record.number !== null);
    expect(registered).toMatchObject({ state: 'registered', fields: { content: { value: content } } });

    const whole = await callIn(page, (call) => call.recordings.some((sound) => sound.state === 'attached'));
    const sound = whole.recordings.find((one) => one.state === 'attached');
    expect(sound?.seconds).toBeGreaterThan(1);
    const part = await zhang.fetch(`/api/recordings/${sound?.id}`, { headers: { range: 'bytes=0-43' } });
    expect(part.status).toBe(206);
    expect(
      Buffer.from(await part.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF');
    expect(part.headers.get('content-range')).toBe(`bytes 0-43/${sound?.bytes}`);
    page.close();
  });

  it('offers a talk with a superior office as the 电话报告, inside the limit and not outside it', async () => {
    const [fresh, stale] = [newOpId(), newOpId()];
    const post = (incident: string, ask: object) =>
      zhang.fetch('/api/incidents/room', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: bed.base },
        body: JSON.stringify({ opId: newOpId(), incident, ask }),
      });
    const said = { record: null, occurredAt: null, level: 'unrated', title: '水库坝体渗漏', text: '' };
    const heard = (minutes: number) => ({ type: 'open', ...said, receivedAt: Date.now() - minutes * 60_000 });
    expect((await post(fresh, heard(10))).status).toBe(204);
    expect((await post(stale, heard(31))).status).toBe(204);
    const view = async (incident: string) =>
      (await (await zhang.fetch(`/api/incidents/room/${incident}`)).json()) as IncidentView;

    const out = await office.phones['1001'].call(`9${OUTSIDE.caller}`);
    await out.reached('answered');
    out.after(2_000, () => out.hangUp());
    await out.reached('ended');
    await vi.waitUntil(async () => ((await view(fresh)).offers[0]?.recording ?? null) !== null, {
      timeout: 15_000,
      interval: 300,
    });
    const { offers } = await view(fresh);
    expect(offers).toMatchObject([{ unit: '市应急管理局', inTime: true }]);
    expect((await view(stale)).offers).toMatchObject([{ call: offers[0]?.call, inTime: false }]);
    const sound = await zhang.fetch(`/api/recordings/${offers[0]?.recording}`, {
      headers: { range: 'bytes=0-3' },
    });
    // As it was recorded, or the copy made of it for listening.
    expect(['RIFF', 'OggS']).toContain(await sound.text());

    const words = { to: '市应急管理局', receiver: '赵某', signer: '', text: '水库坝体渗漏。' };
    const proof = { ...words, kind: 'first', call: offers[0]?.call, furtherDueAt: null };
    expect((await post(fresh, { type: 'telephone', report: newOpId(), ...proof })).status).toBe(204);
    expect((await post(stale, { type: 'telephone', report: newOpId(), ...proof })).status).toBe(204);
    const [kept, late] = [await view(fresh), await view(stale)];
    expect(kept.reports).toMatchObject([
      { channel: 'telephone', sentAt: offers[0]?.answeredAt, call: offers[0]?.call },
    ]);
    expect([kept.clocks[0]?.phase, late.clocks[0]?.phase]).toEqual(['kept', 'late']);
  });

  it('shows a killed PBX as down and goes on by itself when it is back', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    await office.kill9();
    await page.next('delta', ({ changes }) =>
      changes.some(
        (change) => change.entity === 'link' && change.view.state === 'down' && change.view.reason !== null,
      ),
    );
    expect((await fetch(`${bed.base}/health`)).status).toBe(503);
    await office.restart();
    await page.next('delta', ({ changes }) =>
      changes.some((change) => change.entity === 'link' && change.view.state === 'up'),
    );
    await page.next('delta', ({ changes }) =>
      changes.some((change) => change.entity === 'gap' && change.view.to !== null),
    );
    const outside = await office.telco.call(DID.direct, { number: OUTSIDE.secondCaller });
    await callIn(page, (call) => call.caller.number === OUTSIDE.secondCaller);
    outside.hangUp();
    page.close();
  });

  it('finds a standing call again after a restart of its own, with one record', async () => {
    office.phones['1001'].behave((call) => {
      call.ring();
      call.answer();
    });
    const outside = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await outside.reached('answered');
    const before = await zhang.open();
    const talking = await callIn(before, (call) => call.phase === 'talking');
    await bed.restart();
    const after = await zhang.open();
    const found = await callIn(after, (call) => call.id === talking.id);
    expect(found.phase).toBe('talking');
    outside.hangUp();
    const ended = await callIn(after, (call) => call.id === talking.id && call.phase === 'ended');
    expect(ended.record).toBe(talking.record);
    after.close();
  });
});

/** The newest view of a call that fits, among what reached the page or will. */
async function callIn(page: Page, fits: (call: CallView) => boolean): Promise<CallView> {
  const look = (): CallView | undefined => viewsOf(page, 'call').findLast((view) => fits(view));
  for (let found = look(); ; found = look()) {
    if (found !== undefined) return found;
    await page.next(page.all.length === 0 ? 'snapshot' : 'delta', () => true);
  }
}

async function recordIn(page: Page, fits: (record: RecordView) => boolean): Promise<RecordView> {
  const look = (): RecordView | undefined => viewsOf(page, 'record').findLast((view) => fits(view));
  for (let found = look(); ; found = look()) {
    if (found !== undefined) return found;
    await page.next(page.all.length === 0 ? 'snapshot' : 'delta', () => true);
  }
}

function viewsOf(page: Page, entity: 'call'): readonly CallView[];
function viewsOf(page: Page, entity: 'record'): readonly RecordView[];
function viewsOf(page: Page, entity: 'call' | 'record'): readonly (CallView | RecordView)[] {
  return page.all.flatMap((message): readonly (CallView | RecordView)[] => {
    if (message.type === 'snapshot') return entity === 'call' ? message.calls : message.records;
    if (message.type !== 'delta') return [];
    return message.changes.flatMap((change): readonly (CallView | RecordView)[] =>
      change.entity === entity && (change.entity === 'call' || change.entity === 'record')
        ? [change.view]
        : [],
    );
  });
}
