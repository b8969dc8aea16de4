import { expect, it } from 'vitest';
import type { ProbeConfig } from '../../src/config/config.ts';
import type { Hearing } from '../../src/diagnosis/hearing.ts';
import type { Conclusion, ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { checkProbeTrunks } from '../../src/service/checks/check-probe-trunks.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const LINE = 'line-1';
const NO_PROBES: ProbeConfig = {
  plan: { timeZone: 'Asia/Shanghai', mostADay: 8, quiet: [], beforeShiftMs: null, offPeak: [] },
  ...{ trunks: [], ringMs: 14_000, noAnswerMs: 40_000, notice: null },
};
const HOUR = 3_600_000;

const orderOf = (id: string, more: Partial<ProbeOrder> = {}): ProbeOrder => ({
  ...{ id, line: LINE, number: '0954-2030001', round: null, scope: 'always', pbx: 'main' },
  ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
  ...more,
});

const asked = (
  id: string,
  at = NOON,
  more: Partial<ProbeOrder> = {},
  askedBy: string | null = 'a-1',
): ProbeFact => ({
  ...{ kind: 'probe-asked', at, order: orderOf(id, more), askedBy },
});

const suspicion = (probe: string): Suspicion => ({
  ...{ kind: 'probe-not-arrived', scope: 'always' },
  evidence: { by: 'probe', probe, heard: 'timed-out', arrived: false, stretch: null },
});

const conclusion = (probe: string, more: Partial<Conclusion> = {}): Conclusion => ({
  ...{ forwarding: 'suspect', ringback: 'unknown', why: 'only-ringing', arrived: false },
  suspicions: [suspicion(probe)],
  checks: [
    { topic: 'forwarding', scope: 'always', source: 'probe', at: NOON, result: 'suspect', why: null },
    { topic: 'ringback', scope: 'always', source: 'probe', at: NOON, result: 'unknown', why: 'only-ringing' },
  ],
  ...more,
});

/** Dialled, rang for 14 s, never came in. */
const story = (id: string): readonly ProbeFact[] => [
  asked(id),
  { kind: 'probe-placed', at: NOON + 100 },
  { kind: 'probe-dialled', at: NOON + 200 },
  { kind: 'probe-rang', at: NOON + 1_200 },
  { kind: 'probe-ended', at: NOON + 14_200, ending: 'timed-out', cause: 19, sip: '480' },
  { kind: 'probe-heard', at: NOON + 14_200, hearing: null, soundSeconds: null },
  { kind: 'probe-concluded', at: NOON + 17_200, conclusion: conclusion(id) },
];

const tell = (store: Store, probe: string, facts: readonly ProbeFact[]) =>
  done(store, { type: 'probe-facts', probe, facts });

onBothBackEnds((backEnd) => {
  it('keeps each step of a probe, and tells what it found of the line, once', async () => {
    const store = await backEnd.freshStore();
    const id = newId();
    await tell(store, id, story(id).slice(0, 4));
    expect(await store.probesOfLines([LINE], 10)).toMatchObject([
      {
        id,
        state: 'running',
        at: NOON,
        steps: [{ state: 'good', seconds: 0 }, { state: 'good', seconds: 1 }, {}, {}],
        result: null,
      },
    ]);
    expect((await store.openProbes()).map(({ order }) => order.id)).toEqual([id]);
    expect((await store.roomView(ROOM, NOON))?.watch).toMatchObject([{ line: LINE, probing: true }]);
    await tell(store, id, story(id).slice(4));
    expect(await store.openProbes()).toEqual([]);
    expect(await store.probesOfLines([LINE], 10)).toMatchObject([
      {
        state: 'done',
        result: {
          ending: 'timed-out',
          cause: 19,
          sip: '480',
          forwarding: 'suspect',
          arrived: false,
          soundSeconds: null,
        },
      },
    ]);
    await tell(store, id, story(id).slice(-1));
    expect(await store.findingsOfLines([LINE], 10)).toMatchObject([
      { kind: 'probe-not-arrived', state: 'suspect', times: 1, evidence: [{ probe: id, call: null }] },
    ]);
    const [watch] = await store.lineWatch([LINE], NOON + HOUR);
    expect(watch?.probing).toBe(false);
    expect(watch).toMatchObject({
      forwarding: { state: 'suspect' },
      ringback: { state: 'unknown', why: 'only-ringing' },
    });
    // A probe is no call.
    expect((await store.snapshot(ROOM, NOON + HOUR)).calls).toEqual([]);
  });

  it('what our own PBX saw of a probe stands at the finding with the probe, and without a call', async () => {
    const store = await backEnd.freshStore();
    const id = newId();
    const evidence = {
      ...({ by: 'call', what: 'left', to: '13900001111', trunk: 'PJSIP/telco' } as const),
      ...({ target: 'mobile', way: 'instead' } as const),
    };
    const left: Suspicion = { kind: 'left-premises', scope: 'always', evidence };
    const concluded = conclusion(id, { arrived: true, suspicions: [left] });
    await tell(store, id, [
      ...story(id).slice(0, -1),
      { kind: 'probe-concluded', at: NOON, conclusion: concluded },
    ]);
    expect(await store.findingsOfLines([LINE], 10)).toMatchObject([
      { kind: 'left-premises', evidence: [{ probe: id, call: null, evidence }] },
    ]);
  });

  it('music at every number that was called by one trunk may be the caller’s own', async () => {
    const store = await backEnd.freshStore();
    const hears = async (number: string, verdict: 'music' | 'standard', at: number) => {
      const id = newId();
      const hearing = {
        verdict,
        confidence: 1,
        segments: [],
        cadence: null,
        forwarded: false,
        stretch: null,
      };
      const ringback = verdict === 'music' ? 'suspect' : 'clean';
      await tell(store, id, [
        asked(id, at, { number }),
        { kind: 'probe-dialled', at },
        { kind: 'probe-sounded', at },
        { kind: 'probe-ended', at, ending: 'timed-out', cause: 19, sip: null },
        { kind: 'probe-heard', at, hearing, soundSeconds: 9 },
        { kind: 'probe-concluded', at, conclusion: conclusion(id, { ringback, suspicions: [], checks: [] }) },
      ]);
    };
    const ownTones = async () => (await store.probesOfLines([LINE], 9)).map(({ result }) => result?.ownTone);
    await hears('0954-2030001', 'music', NOON);
    expect(await ownTones()).toEqual(['unknown']);
    await hears('0954-2030002', 'music', NOON + 1);
    expect(await ownTones()).toEqual(['suspect', 'suspect']);
    await hears('0954-2030003', 'standard', NOON + 2);
    expect(await ownTones()).toEqual([null, 'none', 'none']);
    const trunks = [
      { pbx: 'main', trunk: 'PJSIP/telco2' },
      { pbx: 'main', trunk: 'PJSIP/other' },
    ].map((trunk) => ({
      ...{ ...trunk, shows: [], prefix: '' },
    }));
    const checked = await checkProbeTrunks({ probe: { ...NO_PROBES, trunks } }, store, NOON + HOUR);
    expect(checked.map(({ kind, what }) => `${kind} ${what.split(':')[0]}`)).toEqual([
      ...['good PJSIP/telco2', 'note PJSIP/other'],
    ]);
    expect(await checkProbeTrunks({ probe: null }, store, NOON)).toEqual([]);
  });

  it('tells the room when it is asked for, begins and is concluded, and of none of its steps', async () => {
    const store = await backEnd.freshStore();
    const id = newId();
    const told: (readonly string[])[] = [];
    for (const fact of story(id)) {
      const { changes } = await done(store, { type: 'probe-facts', probe: id, facts: [fact] });
      told.push([fact.kind, ...changes.map(({ entity, id: of }) => `${entity} ${of}`)]);
    }
    expect(told).toEqual([
      ['probe-asked', `room ${ROOM}`],
      ['probe-placed', `room ${ROOM}`],
      ['probe-dialled'],
      ['probe-rang'],
      ['probe-ended'],
      ['probe-heard'],
      ['probe-concluded', `room ${ROOM}`],
    ]);
  });

  it('gives the sound with its digest and its outline to whoever may hear it', async () => {
    const store = await backEnd.freshStore();
    const id = newId();
    const hearing: Hearing = {
      ...{ verdict: 'standard', confidence: 1, segments: [], cadence: null },
      ...{ forwarded: false, stretch: null },
    };
    await tell(
      store,
      id,
      story(id).map((fact) => (fact.kind === 'probe-heard' ? { ...fact, hearing } : fact)),
    );
    expect((await store.probe(id))?.sound).toBeNull();
    const sound = { file: 'x.wav', bytes: 44, seconds: 9.5, sha256: 'ab', peaks: [0, 40, 100], at: NOON };
    for (let twice = 0; twice < 2; twice += 1)
      await done(store, { type: 'probe-sound', probe: id, ...sound });
    expect(await store.probe(id)).toMatchObject({
      room: ROOM,
      sound: { file: 'x.wav', bytes: 44, sha256: 'ab' },
    });
    expect((await store.probesOfLines([LINE], 1))[0]?.result).toMatchObject({ soundSeconds: 9.5 });
    expect((await store.probeView(id))?.result).toMatchObject({ heard: { peaks: [0, 40, 100] } });
    const [listed] = await store.probesOfLines([LINE], 1, false);
    expect(listed?.result).toMatchObject({ soundSeconds: 9.5, heard: { peaks: [] } });
  });

  it('counts what a line was asked for, and knows what the schedule asked for', async () => {
    const store = await backEnd.freshStore();
    const [one, other, before, elsewhere] = [newId(), newId(), newId(), newId()];
    await tell(store, before, [asked(before, NOON - HOUR)]);
    await tell(store, one, [asked(one, NOON)]);
    await tell(store, other, [asked(other, NOON + HOUR, {}, null)]);
    await tell(store, elsewhere, [asked(elsewhere, NOON, { line: null, number: '0951-5055555' })]);
    expect(await store.probeTally(NOON)).toEqual([{ line: LINE, asked: 2, scheduledAt: NOON + HOUR }]);
    expect(await store.probedElsewhere(NOON)).toEqual([{ number: '0951-5055555', asked: 1 }]);
  });

  it('keeps a 抽查 together, in its order, for whoever asked for it', async () => {
    const store = await backEnd.freshStore();
    const round = newId();
    const ids = [newId(), newId()] as const;
    await tell(store, ids[0], [asked(ids[0], NOON, { round })]);
    await tell(store, ids[1], [asked(ids[1], NOON + 1, { round, line: null, number: '0951-5055555' })]);
    expect((await store.probesOfRound(round)).map(({ id }) => id)).toEqual(ids);
    expect(await store.askerOfRound(round)).toBe('a-1');
    expect(await store.askerOfRound(newId())).toBeUndefined();
    expect((await store.probe(ids[1]))?.room).toBeNull();
  });

  it('comes out the same when everything is folded anew', async () => {
    const store = await backEnd.freshStore();
    const id = newId();
    await tell(store, id, story(id));
    const before = await store.probesOfLines([LINE], 10);
    await done(store, { type: 'rebuild' });
    expect(await store.probesOfLines([LINE], 10)).toEqual(before);
    expect(await store.findingsOfLines([LINE], 10)).toMatchObject([{ times: 1 }]);
  });
});
