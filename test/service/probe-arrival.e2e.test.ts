/**
 * 到达核对 through the whole service: an office's Asterisk calls its own duty line by a second trunk over a real carrier, which
 * lets the call in, or has it forwarded where the office cannot see it. On 22 and 16.
 */
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/diagnosis/suspicion.ts';
import { probeChannelOf } from '../../src/lines/probe-channel.ts';
import type { ProbeView } from '../../src/web/protocol/probe-view.ts';
import type { WatchedLineView } from '../../src/web/protocol/watch-view.ts';
import type { AmiTap } from '../bed/ami-tap.ts';
import { musicLike } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER } from '../bed/service-config.ts';
import { answerAfter, redirectTo, ringForEver } from '../bed/sip-behaviour.ts';
import { type Browser, createBrowser } from '../web/browser.ts';

const PATIENCE = { timeout: 40_000, interval: 100 };
const LINE = 'line';

/**
 * What differs between the versions is the far ends (`probe-far-ends.e2e.test.ts`, both of them); this story of two minutes runs on 16
 * too with DUTYLINE_WHOLE=1.
 */
const VERSIONS = process.env.DUTYLINE_WHOLE === '1' ? ([22, 16] as const) : ([22] as const);

describe.each(VERSIONS)('到达核对 on Asterisk %i', (version) => {
  let office: Office;
  let service: ServiceProcess;
  let browser: Browser;

  beforeAll(async () => {
    office = await startOffice({ version, carrier: true });
    const trunks = [
      { trunk: 'PJSIP/out1', shows: ['0954-2039001'] },
      { trunk: 'PJSIP/out2', shows: ['0954-2039002'] },
    ];
    const often = { mostADay: '50', quiet: 'none', beforeShift: 'never', offPeak: [] };
    const probe = { trunks, ring: '6', noAnswer: '19', ...often };
    // The audit of the settings says of the bed's other numbers what is planted there.
    service = await startService({
      ...{ office, recording: 'ami', dids: [DID.direct] },
      sections: { watch: { probe } },
    });
    await service.watching();
    await logIn();
  }, 120_000);
  afterAll(async () => {
    await service.dispose();
    await office.stop();
  });
  afterEach(async () => {
    for (const family of ['ALWAYS', 'NOANSWER', 'BUSY', 'SAYS'])
      await office.carrier?.pbx.manage({ Action: 'DBDel', Family: family, Key: DID.direct });
    await office.reset();
  });

  it('clean: it came in, the duty phone rang, and it is no call, no draft, no form', async () => {
    office.phones['1001'].behave(ringForEver);
    const before = kept();
    const probe = await over(await ask('always'));
    expect(probe).toMatchObject({
      state: 'done',
      askedBy: OFFICER.name,
      result: {
        ...{
          ending: 'timed-out',
          forwarding: 'clean',
          ringback: 'unknown',
          why: 'only-ringing',
          arrived: true,
        },
        arrival: { did: DID.direct, caller: '09542039001', diverted: null, phoneRang: true },
      },
    });
    expect(probe.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      ...['dialled good', 'rang good', 'heard unknown', 'arrival good'],
    ]);
    expect(kept()).toEqual(before);
    expect((await line()).forwarding).toMatchObject({ state: 'none', source: 'probe', scopes: ['always'] });
  });

  it('nothing is wrong when the officer picks the probe up', async () => {
    const before = kept();
    const probe = await over(await ask('always'));
    expect(probe.result).toMatchObject({ ending: 'answered', forwarding: 'clean', arrived: true });
    expect(kept()).toEqual(before);
  });

  it('无条件 at the carrier: it was answered, and never came in', async () => {
    await forward('ALWAYS');
    const probe = await over(await ask('always'));
    expect(probe.result).toMatchObject({
      ending: 'answered',
      forwarding: 'suspect',
      arrived: false,
      arrival: null,
    });
    expect(await suspected('probe-not-arrived')).toMatchObject({ scope: 'always', probe: probe.id });
  });

  it('what the carrier says of it is told: a 302 and its number, though nothing rings and nothing arrives', async () => {
    await office.carrier?.pbx.manage({ Action: 'DBPut', Family: 'SAYS', Key: DID.direct, Val: '302' });
    await forward('ALWAYS');
    const probe = await over(await ask('always'));
    expect(probe.result).toMatchObject({ ending: 'rejected', forwarding: 'suspect', arrived: false });
    expect(await suspected('probe-passed-on')).toMatchObject({
      probe: probe.id,
      evidence: { passedOn: { sign: '302', number: OUTSIDE.mobile } },
    });
  });

  it('that the carrier says 181 stands beside the arrival check: no event tells of it, the channel was asked', async () => {
    await office.carrier?.pbx.manage({ Action: 'DBPut', Family: 'SAYS', Key: DID.direct, Val: '181' });
    office.carrier?.subscriber.behave(answerAfter(2_500));
    await forward('ALWAYS');
    const probe = await over(await ask('always'));
    office.carrier?.subscriber.behave(answerAfter(300));
    expect(await suspected('probe-not-arrived')).toMatchObject({
      probe: probe.id,
      evidence: { passedOn: { sign: '181', number: null } },
    });
  });

  it('a forward of our own phone, met by a probe, is found as in any call, and the finding leads to the probe', async () => {
    office.phones['1001'].behave(redirectTo(OUTSIDE.mobile));
    const before = kept();
    const probe = await over(await ask('always'));
    expect(probe.result).toMatchObject({ forwarding: 'suspect', arrived: true });
    expect(await suspected('left-premises')).toMatchObject({
      ...{ probe: probe.id, call: null },
      evidence: { to: OUTSIDE.mobile, target: 'mobile', way: 'phone-forward' },
    });
    expect(kept()).toEqual(before);
  });

  it('what is heard in place of the ringing is kept as evidence, and given by ranges to whoever may hear', async () => {
    office.carrier?.subscriber.behave((call) => call.earlySound(musicLike(8)));
    await forward('ALWAYS');
    const probe = await over(await ask('always'));
    office.carrier?.subscriber.behave(answerAfter(300));
    expect(probe.result).toMatchObject({
      ...{ ending: 'timed-out', forwarding: 'suspect', ringback: 'suspect', arrived: false },
      heard: { verdict: 'music' },
    });
    expect(probe.result?.soundSeconds).toBeGreaterThan(4);
    expect((await looked(probe.id)).result?.heard?.peaks.length).toBeGreaterThan(400);
    const { evidence } = (await suspected('heard-music')) ?? {};
    expect(evidence).toMatchObject({
      by: 'probe',
      probe: probe.id,
      heard: 'music',
      stretch: { from: expect.any(Number) },
    });
    const heard = await browser.fetch(`/api/probes/${probe.id}/sound`, { headers: { range: 'bytes=0-43' } });
    expect([heard.status, heard.headers.get('content-type')]).toEqual([206, 'audio/wav']);
    expect(Buffer.from(await heard.arrayBuffer()).toString('latin1', 0, 4)).toBe('RIFF');
    expect(row("select count(*) as n from audit where kind = 'probe-replayed'").n).toBe(1);
  });

  it('无应答 at the carrier: the phone rang here, and the call went on elsewhere', async () => {
    office.phones['1001'].behave(ringForEver);
    await forward('NOANSWER');
    const probe = await over(await ask('no-answer'));
    expect(probe.result).toMatchObject({
      ending: 'answered',
      forwarding: 'suspect',
      arrived: true,
      arrival: { phoneRang: true },
    });
    expect(await suspected('probe-not-arrived')).toMatchObject({ scope: 'no-answer', probe: probe.id });
  });

  it('遇忙 at the carrier: while our first call keeps the line busy, the second goes elsewhere', async () => {
    office.phones['1001'].behave(ringForEver);
    await forward('BUSY');
    const before = kept();
    const probe = await over(await ask('busy'));
    expect(probe.result).toMatchObject({ ending: 'answered', forwarding: 'suspect', arrived: false });
    expect(await suspected('probe-not-arrived')).toMatchObject({ scope: 'busy', probe: probe.id });
    expect(kept()).toEqual(before);
  });

  it('遇忙 without a forward: the carrier says busy, and that is well', async () => {
    office.phones['1001'].behave(ringForEver);
    const probe = await over(await ask('busy'));
    expect(probe.result).toMatchObject({ ending: 'busy', cause: 17, forwarding: 'clean' });
  });

  it('a real caller in the seconds of a probe gets his draft and his recording, and ends the probe', async () => {
    office.phones['1001'].behave(ringForEver);
    const before = kept();
    const id = await ask('no-answer');
    await running(id);
    office.phones['1001'].behave(answerAfter(300));
    const caller = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await caller.reached('answered');
    const probe = await over(id);
    expect(probe).toMatchObject({
      state: 'failed',
      result: { ending: 'stopped', forwarding: 'unknown', arrived: null },
    });
    caller.hangUp();
    await expect.poll(() => kept().calls - before.calls, PATIENCE).toBe(1);
    expect(kept().records - before.records).toBe(1);
    expect(row('select caller_number from calls order by started_at desc limit 1')).toEqual({
      caller_number: OUTSIDE.caller,
    });
    await expect.poll(() => kept().recordings - before.recordings, PATIENCE).toBeGreaterThan(0);
  });

  it('is not placed while the line talks, nor twice at once', async () => {
    const caller = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await caller.reached('answered');
    await expect
      .poll(() => row('select count(*) as n from calls where ended_at is null').n, PATIENCE)
      .toBe(1);
    expect(await refusal('always')).toBe('probe-line-busy');
    caller.hangUp();
    await expect
      .poll(() => row('select count(*) as n from calls where ended_at is null').n, PATIENCE)
      .toBe(0);
    office.phones['1001'].behave(ringForEver);
    const id = await ask('always');
    expect(await refusal('always')).toBe('probe-line-probed');
    expect(await refusal('busy', false)).toBe('probe-no-consent');
    await post(`/api/probes/${id}/stop`, {});
    expect(await over(id)).toMatchObject({ state: 'failed' });
  });

  it('killed in mid-probe it leaves no call standing: the PBX ends it by itself', async () => {
    office.phones['1001'].behave(ringForEver);
    const before = kept();
    const tap = await office.tap();
    const id = await ask('always');
    await running(id);
    await service.kill9();
    await expect.poll(channels, PATIENCE).toBe(0);
    expect(hungUpByUs(tap, id)).toBe(false);
    await tap.close();
    await service.start();
    await service.watching();
    await logIn();
    const told = { state: 'failed', result: { forwarding: 'unknown', why: 'probe-failed' } };
    expect(await over(id)).toMatchObject(told);
    expect(kept()).toEqual(before);
  });

  it('started again while the probe still rings, it hangs it up and takes it for no call', async () => {
    office.phones['1001'].behave(ringForEver);
    const before = kept();
    const tap = await office.tap();
    const id = await ask('no-answer');
    await running(id);
    await service.kill9();
    await service.start();
    await service.watching();
    await expect.poll(channels, PATIENCE).toBe(0);
    expect(hungUpByUs(tap, id)).toBe(true);
    await tap.close();
    await logIn();
    expect(await over(id)).toMatchObject({ state: 'failed' });
    expect(kept()).toEqual(before);
  });

  async function logIn(): Promise<void> {
    browser = createBrowser(service.url);
    expect((await browser.logIn(OFFICER.login, OFFICER.password)).status).toBe(200);
  }

  function post(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json', origin: service.url };
    return browser.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function ask(scope: Scope): Promise<string> {
    const answer = await post(`/api/lines/${LINE}/probes`, { scope, consent: true });
    const said = (await answer.json()) as { readonly id: string };
    expect([answer.status, said]).toEqual([202, { id: expect.any(String) }]);
    return said.id;
  }

  async function refusal(scope: Scope, consent = true): Promise<string> {
    const answer = await post(`/api/lines/${LINE}/probes`, { scope, consent });
    return ((await answer.json()) as { readonly code: string }).code;
  }

  async function probes(): Promise<readonly ProbeView[]> {
    const answer = await browser.fetch(`/api/probes?line=${LINE}`);
    return ((await answer.json()) as { readonly probes: readonly ProbeView[] }).probes;
  }

  /** With its waveform. */
  async function looked(id: string): Promise<ProbeView> {
    const answer = await browser.fetch(`/api/probes/${id}`);
    return ((await answer.json()) as { readonly probe: ProbeView }).probe;
  }

  const one = async (id: string) => (await probes()).find((probe) => probe.id === id);

  /** The phone of the line rings for it. */
  async function running(id: string): Promise<void> {
    await expect
      .poll(async () => (await one(id))?.steps.find(({ step }) => step === 'arrival')?.state, PATIENCE)
      .toBe('good');
    await expect.poll(() => office.phones['1001'].calls().at(-1)?.phase(), PATIENCE).toBe('ringing');
  }

  async function over(id: string): Promise<ProbeView> {
    await expect.poll(async () => (await one(id))?.result ?? null, PATIENCE).not.toBeNull();
    const probe = await one(id);
    if (probe === undefined) throw new Error('the probe is gone');
    return probe;
  }

  async function line(): Promise<WatchedLineView> {
    const answer = await browser.fetch('/api/watch');
    const { lines } = (await answer.json()) as { readonly lines: readonly WatchedLineView[] };
    const found = lines.find((known) => known.line === LINE);
    if (found === undefined) throw new Error('no such line');
    return found;
  }

  async function suspected(kind: string) {
    const finding = (await line()).findings.find((known) => known.kind === kind);
    expect(finding).toMatchObject({ state: 'suspect' });
    return finding?.evidence[0];
  }

  async function forward(family: 'ALWAYS' | 'NOANSWER' | 'BUSY'): Promise<void> {
    await office.carrier?.pbx.manage({
      Action: 'DBPut',
      Family: family,
      Key: DID.direct,
      Val: OUTSIDE.mobile,
    });
  }

  function row(query: string): Readonly<Record<string, unknown>> {
    const database = new Database(service.database, { readonly: true });
    try {
      return database.prepare(query).get() as Record<string, unknown>;
    } finally {
      database.close();
    }
  }

  /** Everything that a call leaves. */
  function kept() {
    const count = (table: string) => Number(row(`select count(*) as n from ${table}`).n);
    return {
      calls: count('calls'),
      records: count('records'),
      recordings: count('recordings'),
      callbacks: count('callbacks'),
      strays: count('stray_recordings'),
    };
  }

  async function channels(): Promise<number> {
    const tap = await office.pbx.tap('listen');
    await tap.action({ Action: 'CoreShowChannels' });
    const done = await tap.waitFor('the list', (packet) => packet.Event === 'CoreShowChannelsComplete');
    await tap.close();
    return Number(done.ListItems);
  }
});

/** The PBX was told to end it, with the cause that we say; its own time does so with 19 (22) or 0 (16). */
function hungUpByUs(tap: AmiTap, probe: string): boolean {
  const gone = tap
    .events()
    .find((packet) => packet.Event === 'Hangup' && packet.Uniqueid === probeChannelOf(probe));
  return gone?.Cause === '16';
}
