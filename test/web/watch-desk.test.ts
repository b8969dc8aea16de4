import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { loggedIn, newOpId } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
beforeEach(async () => {
  bed = await startWebBed();
});
afterEach(() => bed.close());

const LINE = 'l-county';
const FORWARDED: Suspicion = {
  kind: 'forward-setting',
  scope: 'always',
  evidence: { by: 'setting', key: 'CF/1001', value: '13900001111', target: 'mobile', phone: 'PJSIP/1001' },
};

it('a finding is decided where its line stands now: by who reads it, after the line has moved to another room', async () => {
  const at = Date.now();
  await bed.intake.work({ type: 'line-looked-at', line: LINE, suspicions: [FORWARDED], checks: [], at });
  const was = (await bed.store.office()).lines.find(({ id }) => id === LINE);
  if (was === undefined) throw new Error('no line');
  const part = { kind: 'line', put: { ...was, room: 'r-city' }, was } as const;
  await bed.intake.work({ type: 'office-part', part, account: 'a-1', at });
  const decide = async (login: string) => {
    const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, login);
    const { lines } = (await (await browser.fetch('/api/watch')).json()) as {
      readonly lines: readonly { readonly line: string }[];
    };
    const [finding] = await bed.store.findingsOfLines([LINE], 1);
    const answer = await browser.fetch(`/api/findings/${finding?.id ?? ''}/decisions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ opId: newOpId(), decision: 'confirmed', reason: '' }),
    });
    return [lines.some(({ line }) => line === LINE), answer.status];
  };
  expect(await decide('zhang')).toEqual([false, 404]);
  expect(await decide('city')).toEqual([true, 204]);
});
