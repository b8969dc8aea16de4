import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unconfirmed } from '../../src/ui/confirm/unconfirmed.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { RecordView } from '../../src/web/protocol/record-view.ts';
import { loggedIn } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const WHO = { account: 'a-zhang', person: 'p-zhang', seat: null };
const ENTRIES = ['e-first', 'e-struck', 'e-second'] as const;

/** A record with a number of a call of this unit, and its call. */
async function registered(unit: 'county' | 'city'): Promise<RecordView> {
  await callArrives(bed, unit);
  const { records } = await bed.store.snapshot(`r-${unit}`, Date.now());
  const record = records.find(({ state }) => state === 'draft');
  if (record === undefined) throw new Error('no draft');
  for (const [index, [field, value]] of Object.entries({
    callerUnit: '市局',
    callerName: '张某',
    recorder: '张三',
    content: '停水',
  }).entries()) {
    const base = record.fields[field as 'content'].version;
    const patch = { type: 'patch-field', record: record.id, field, base, client: 't', value } as const;
    await bed.intake.command({ ...patch, field: field as 'content', opId: `${unit}-${index}` }, WHO);
  }
  await bed.intake.command({ type: 'register', record: record.id, opId: `${unit}-reg` }, WHO);
  return record;
}

async function say(record: RecordView, entry: string, call: string | null): Promise<void> {
  const draft = { kind: 'instruction', who: '王县长', text: `抢修 ${entry}`, way: 'phone' } as const;
  const done = await bed.intake.command(
    {
      type: 'add-entry',
      record: record.id,
      opId: `op-${entry}`,
      entry,
      draft: { ...draft, happenedAt: null, dueAt: null, call },
    },
    WHO,
  );
  expect(done).toMatchObject({ ok: true });
}

async function seen(login: string): Promise<{ status: number; records: RecordView[]; calls: CallView[] }> {
  const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, login);
  const answer = await browser.fetch('/api/instructions');
  const body = (await answer.json()) as { records: RecordView[]; calls: CallView[] };
  return { status: answer.status, ...body };
}

beforeAll(async () => {
  bed = await startWebBed();
  const county = await registered('county');
  const city = await registered('city');
  for (const entry of ENTRIES) await say(county, entry, entry === 'e-first' ? county.call : null);
  await say(city, 'e-city', null);
  await bed.intake.command(
    { type: 'withdraw-entry', record: county.id, opId: 'op-w', entry: 'e-struck', reason: '记错' },
    WHO,
  );
});
afterAll(() => bed.close());

describe('批示 that wait for who gave them', () => {
  it('are those of the own unit that stand, the longest waiting first, with the call that proves them', async () => {
    const { status, records, calls } = await seen('leader');
    expect(status).toBe(200);
    const waiting = unconfirmed(records, calls);
    expect(waiting.map(({ entry }) => entry.id)).toEqual(['e-first', 'e-second']);
    expect(waiting.map(({ proof }) => proof?.room ?? null)).toEqual(['r-county', null]);
    expect(JSON.stringify({ records, calls })).not.toContain('e-city');
  });

  it('are gone once confirmed', async () => {
    const [record] = (await seen('leader')).records;
    for (const entry of ['e-first', 'e-second'])
      await bed.intake.command(
        { type: 'confirm-entry', record: record?.id ?? '', opId: `c-${entry}`, entry },
        { ...WHO, account: 'a-leader' },
      );
    expect((await seen('leader')).records).toEqual([]);
  });

  it.each(['zhang', 'city', 'supervisor', 'admin', 'auditor'])('are nothing to %s', async (login) => {
    expect((await seen(login)).status).toBe(404);
  });
});
