import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { answerAfter, refuse, ringForEver } from '../bed/sip-behaviour.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';

describe.each([22, 16] as const)('a line recorded by AMI on Asterisk %i', (version) => {
  let bed: RecordedOffice;

  beforeAll(async () => {
    bed = await recordedOffice('ami', { version });
  });
  afterAll(() => bed.stop());
  afterEach(() => {
    bed.office.phones['1001'].behave(answerAfter(300));
    bed.office.telco.behave(answerAfter(300));
    // What one call still has under way is not the next one's.
    return bed.recorder().idle();
  });

  const attachedOf = (linkedid: string, part: 'talk' | 'before-answer') =>
    bed.reported('recording-known', (known) => known.linkedid === linkedid && known.part === part);

  it('keeps the whole talk of an inbound call, green only after growth, and nothing of the ringing', async () => {
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('answered');
    const talk = await bed.reported('recording-known', (known) => known.part === 'talk');
    expect(talk).toMatchObject({ mode: 'ami', uniqueid: talk.linkedid });
    expect(talk.pbxPath).toMatch(new RegExp(`/${talk.uniqueid.replace('.', '\\.')}-\\d+\\.wav$`));
    const green = await bed.reported(
      'recording-growth',
      (growth) => growth.recording === talk.recording,
      5_000,
    );
    expect(green.state).toBe('recording');
    call.after(1_000, () => call.hangUp());
    const attached = await bed.reported('recording-attached', (done) => done.recording === talk.recording);
    expect(attached.repaired).toBe(false);
    const { answeredAt, endedAt } = talkTimes(bed, talk.linkedid);
    expect(Math.abs(attached.seconds - (endedAt - answeredAt) / 1_000)).toBeLessThan(0.2);

    const opened = await bed.library.open(attached.file);
    if (opened === null) throw new Error('not kept');
    const kept = await buffer(opened.stream(0, opened.bytes - 1));
    expect(kept.length).toBe(attached.bytes);
    expect(createHash('sha256').update(kept).digest('hex')).toBe(attached.sha256);
    expect(readFileSync(talk.pbxPath).equals(kept)).toBe(true);
    for (const side of ['-caller.wav', '-desk.wav']) {
      expect(existsSync(talk.pbxPath.replace(/\.wav$/, side))).toBe(true);
    }
    const before = await attachedOf(talk.linkedid, 'before-answer');
    expect(
      await bed.reported('recording-failed', (over) => over.recording === before.recording),
    ).toMatchObject({
      state: 'no-sound',
    });
  });

  it('keeps the music a caller heard before the answer apart from the talk', async () => {
    bed.office.phones['1001'].behave(answerAfter(2_500));
    const from = bed.reports.length;
    const call = await bed.office.telco.call(DID.dialMusic, { number: OUTSIDE.caller });
    await call.reached('answered');
    call.after(1_500, () => call.hangUp());
    const known = () => bed.reports.slice(from).filter((report) => report.type === 'recording-known');
    await expect.poll(() => known().length, { timeout: 5_000 }).toBe(2);
    const ids = Object.fromEntries(known().map((report) => [report.part, report.recording]));
    const talk = await bed.reported('recording-attached', (done) => done.recording === ids.talk);
    const before = await bed.reported(
      'recording-attached',
      (done) => done.recording === ids['before-answer'],
    );
    expect(talk.seconds).toBeGreaterThan(1.2);
    expect(talk.seconds).toBeLessThan(1.8);
    expect(before.seconds).toBeGreaterThan(2.2);
    expect(before.seconds).toBeLessThan(2.9);
  });

  it('ends a call nobody answered without sound', async () => {
    bed.office.phones['1001'].behave(ringForEver);
    const from = bed.reports.length;
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('ringing');
    call.after(500, () => call.hangUp());
    await expect
      .poll(() => bed.reports.slice(from).filter((report) => report.type === 'recording-failed'), {
        timeout: 15_000,
      })
      .toMatchObject([{ state: 'no-sound' }, { state: 'no-sound' }]);
    expect(bed.reports.slice(from).some((report) => report.type === 'recording-growth')).toBe(false);
  });

  it('keeps the answered leg of an outbound call when the first trunk failed', async () => {
    bed.office.telco.behave(refuse(503, 'Service Unavailable'));
    const from = bed.reports.length;
    const call = await bed.office.phones['1001'].call(`9${OUTSIDE.mobile}`);
    await call.reached('answered');
    call.after(1_500, () => call.hangUp());
    const known = () =>
      bed.reports.slice(from).filter((report) => report.type === 'recording-known' && report.part === 'talk');
    await expect.poll(() => known().length, { timeout: 5_000 }).toBe(2);
    const [failed, answered] = known().map((report) => report.recording);
    const attached = await bed.reported('recording-attached', (done) => done.recording === answered);
    expect(attached.seconds).toBeGreaterThan(1.2);
    expect(await bed.reported('recording-failed', (over) => over.recording === failed)).toMatchObject({
      state: 'no-sound',
    });
  });

  it('goes on with the same recordings when the service is restarted in mid-call', async () => {
    const from = bed.reports.length;
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('answered');
    await expect
      .poll(
        () =>
          bed.facts.filter((fact) => fact.kind === 'recording-named').length > 0 && bed.reports.length > from,
        { timeout: 5_000 },
      )
      .toBe(true);
    await bed.restartRecorder();
    call.after(1_500, () => call.hangUp());
    await bed.reported('recording-attached', (done) => bed.reports.indexOf(done) >= from);
    await bed.recorder().idle();
    const since = bed.reports.slice(from);
    expect(new Set(since.map((report) => report.recording)).size).toBe(2);
    expect(since.filter((report) => report.type === 'recording-attached')).toHaveLength(1);
  });

  it('mends the header in our copy when Asterisk is killed in mid-call', async () => {
    const from = bed.reports.length;
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('answered');
    const green = await bed.reported(
      'recording-growth',
      (growth) => bed.reports.indexOf(growth) >= from && growth.state === 'recording',
    );
    await bed.office.kill9();
    // No Hangup was sent; the end is known when the service looks again. Here: when it starts anew and the call is lost.
    const arrived = bed.facts.findLast((fact) => fact.kind === 'call-arrived');
    if (arrived === undefined) throw new Error('no call');
    bed.recorder().observe('office', [
      {
        ...arrived,
        kind: 'call-lost-from-sight',
        reason: 'pbx-restarted',
        lastSeenAt: arrived.at,
        factKey: 'lost',
      },
    ]);
    const attached = await bed.reported('recording-attached', (done) => done.recording === green.recording);
    expect(attached.repaired).toBe(true);
    expect(attached.seconds % 2.048).toBe(0);
    expect(attached.seconds).toBeGreaterThan(2);
    expect(bed.troubles).toEqual([]);
  });
});

function talkTimes(bed: RecordedOffice, linkedid: string): { answeredAt: number; endedAt: number } {
  const of = (kind: string) =>
    bed.facts.find((fact) => fact.kind === kind && fact.linkedid === linkedid)?.at ?? 0;
  return { answeredAt: of('leg-bridged'), endedAt: of('leg-closed') };
}
