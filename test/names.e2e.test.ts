/** Names as callers send them, from real Asterisk through store and socket to the page. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallView } from '../src/web/protocol/call-view.ts';
import type { ServerMessage } from '../src/web/protocol/server-message.ts';
import { DID, OUTSIDE } from './bed/numbers.ts';
import { type Office, startOffice } from './bed/office.ts';
import { storedCalls } from './stories/stored-call.ts';
import type { Page } from './web/browser.ts';
import { loggedIn, newOpId } from './web/browser.ts';
import { type OfficeService, startOfficeService } from './web/office-service.ts';

const NAMES = [
  ['Chinese', '市应急管理局'],
  ['a character beyond the first 65,536', '𠮷野家'],
  ['right-to-left marks', 'abc\u{202e}gpj.exe'],
  ['Arabic', 'مكتب الطوارئ'],
  ['markup and a formula', '=1+1<script>alert(1)</script>'],
] as const;

// 值班室 in GBK: valid in no other way, so that Asterisk 22 replaces it and 16 lets it pass.
const GBK = Uint8Array.of(0xd6, 0xb5, 0xb0, 0xe0, 0xca, 0xd2);

describe.each([22, 16] as const)('a name from Asterisk %i', (version) => {
  let office: Office;
  let bed: OfficeService;
  let page: Page;

  beforeAll(async () => {
    office = await startOffice({ version, sound: false });
    bed = await startOfficeService(office);
    await bed.watching();
    page = await (await loggedIn(bed.base, 'zhang')).open();
    await page.next('snapshot');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    await page.next('accepted');
  });
  afterAll(async () => {
    page?.close();
    await bed?.stop();
    await office?.stop();
  });

  /** One call with this name; how the page saw it end. */
  async function called(name: string | Uint8Array): Promise<CallView> {
    const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller, name });
    await call.reached('answered');
    call.hangUp();
    const ended = (message: ServerMessage) =>
      message.type !== 'delta'
        ? []
        : message.changes.flatMap((change) =>
            change.entity === 'call' && change.view.phase === 'ended' ? [change.view] : [],
          );
    const known = new Set(page.all.flatMap(ended).map(({ id }) => id));
    const delta = await page.next('delta', (message) => ended(message).some(({ id }) => !known.has(id)));
    const [view] = ended(delta).filter(({ id }) => !known.has(id));
    if (view === undefined) throw new Error('no call ended');
    return view;
  }

  it.each(NAMES)('in %s reaches store and page as it was sent', async (_what, name) => {
    const shown = await called(name);
    expect(shown.caller).toMatchObject({ number: OUTSIDE.caller, name });
    expect(shown.tampered).toBe(false);
    const { views, summaries } = await storedCalls(bed.service.store, 'office', 'room');
    expect(views.at(-1)?.caller.name).toBe(name);
    expect(summaries.at(-1)?.caller.name).toBe(name);
  });

  it(`in GBK is ${version === 16 ? 'read' : 'what Asterisk 22 left of it'}`, async () => {
    const { caller } = await called(GBK);
    const lost = '\u{5b5}\u{fffd}\u{fffd}\u{fffd}\u{fffd}';
    expect(caller.name).toBe(version === 16 ? '值班室' : lost);
  });

  it('and a text typed beside it come back unchanged', async () => {
    const { record } = await called('𠮷');
    if (record === null) throw new Error('the call has no form');
    const value = '𠮷野家\u{202e}来电：مكتب\n=1+1<b>';
    page.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value });
    await page.next('accepted');
    expect((await bed.service.store.recordView(record))?.fields.content.value).toBe(value);
    const again = await (await loggedIn(bed.base, 'li')).open();
    const { records } = await again.next('snapshot');
    again.close();
    expect(records.find(({ id }) => id === record)?.fields.content.value).toBe(value);
  });
});
