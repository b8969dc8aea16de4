import { expect, it } from 'vitest';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import type { FindingWork } from '../../src/storage/write-finding.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const LINE = 'line-1';
const HOUR = 3_600_000;

/** The PBX sends the call out by the trunk, and the mobile answers. */
function forwardedCall(linkedid: string, from = NOON): readonly CallStepWork[] {
  const call = telling(linkedid, from);
  const out = `${linkedid}-out`;
  return [
    call.arrives(),
    call.say(
      {
        kind: 'leg-dialled',
        channel: `PJSIP/telco-${out}`,
        endpoint: 'PJSIP/telco',
        role: 'trunk',
        by: linkedid,
        number: '13900001111',
      },
      out,
    ),
    call.say({ kind: 'call-left-premises', endpoint: 'PJSIP/telco', to: '13900001111' }, out),
    call.say({ kind: 'leg-answered', endpoint: 'PJSIP/telco' }, out),
    call.say({ kind: 'leg-closed', cause: 16, techCause: null, seen: 'live' }, out),
    call.ends(),
  ];
}

async function tell(store: Store, steps: readonly CallStepWork[]): Promise<void> {
  for (const step of steps) await done(store, step);
}

const setting: Suspicion = {
  kind: 'forward-setting',
  scope: 'always',
  evidence: { by: 'setting', key: 'CF/1001', value: '13900001111', target: 'mobile', phone: 'PJSIP/1001' },
};

const code = (change: 'set' | 'removed'): Suspicion => ({
  kind: 'forward-code',
  scope: 'always',
  evidence: {
    ...{ by: 'code', dialled: change === 'set' ? '*57*13900001111#' : '#57#', change },
    ...{ target: change === 'set' ? '13900001111' : null, phone: 'PJSIP/1001' },
  },
});

const looked = (at: number, suspicions: readonly Suspicion[] = [setting]): FindingWork => ({
  type: 'line-looked-at',
  line: LINE,
  suspicions,
  checks: [],
  at,
});

const zhang = { account: 'a-1', person: 'zhang', name: '张某' } as const;

let decidedAt = NOON + HOUR;
function minuteLater(): number {
  decidedAt += 60_000;
  return decidedAt;
}

function decide(
  finding: string,
  decision: 'confirmed' | 'dismissed' | 'closed',
  reason: string,
): FindingWork {
  const what = { type: 'finding-decide', opId: newId(), finding, decision: `finding-${decision}` } as const;
  return { ...what, reason, ...zhang, at: minuteLater() };
}

onBothBackEnds((backEnd) => {
  const findings = (store: Store) => store.findingsOfLines([LINE], 50);

  it('opens one finding of a kind for a line, and the next call joins it', async () => {
    const store = await backEnd.freshStore();
    await tell(store, forwardedCall('1.1'));
    await tell(store, forwardedCall('1.2', NOON + HOUR));
    const all = await findings(store);
    expect(all).toMatchObject([
      {
        kind: 'left-premises',
        state: 'suspect',
        times: 2,
        evidence: [{ evidence: { to: '13900001111' } }, {}],
      },
    ]);
    const { calls } = await store.snapshot(ROOM, NOON + HOUR);
    expect(new Set(all[0]?.evidence.map((one) => one.call))).toEqual(new Set(calls.map((call) => call.id)));
    const room = await store.roomView(ROOM, NOON + 2 * HOUR);
    expect(room?.watch).toMatchObject([{ line: LINE, undecided: 1, forwarding: { state: 'suspect' } }]);
  });

  it('says a call that rang and was answered here proves the line is not forwarded, for a day', async () => {
    const store = await backEnd.freshStore();
    await tell(store, answeredCall('1.1'));
    const verdict = async (at: number) => (await store.lineWatch([LINE], at))[0]?.forwarding;
    expect(await verdict(NOON + HOUR)).toMatchObject({ state: 'none', source: 'call', scopes: ['always'] });
    expect(await verdict(NOON + 25 * HOUR)).toMatchObject({ state: 'unknown', why: 'too-old' });
    expect((await store.lineWatch([LINE], NOON + HOUR))[0]?.ringback.state).toBe('unknown');
    expect(await findings(store)).toEqual([]);
  });

  it('tells the room of a call that proves something new, and of those that follow once an hour', async () => {
    const store = await backEnd.freshStore();
    const tellsRoom = async (steps: readonly CallStepWork[]) => {
      const changes = [];
      for (const step of steps) changes.push(...(await done(store, step)).changes);
      return changes.some(({ entity, id }) => entity === 'room' && id === ROOM);
    };
    expect(await tellsRoom(answeredCall('1.1', NOON))).toBe(true);
    expect(await tellsRoom(answeredCall('1.2', NOON + HOUR / 2))).toBe(false);
    expect(await tellsRoom(answeredCall('1.3', NOON + HOUR))).toBe(true);
    expect(await tellsRoom(answeredCall('1.4', NOON + 1.4 * HOUR))).toBe(false);
    expect(await tellsRoom(forwardedCall('1.5', NOON + 1.5 * HOUR))).toBe(true);
    expect(await tellsRoom(answeredCall('1.6', NOON + 1.6 * HOUR))).toBe(true);
  });

  it('never cuts off what is open, however much was decided since', async () => {
    const store = await backEnd.freshStore();
    await tell(store, forwardedCall('1.1'));
    await done(store, looked(NOON + 5 * HOUR));
    const later = (await findings(store)).find(({ kind }) => kind === 'forward-setting');
    await done(store, decide(later?.id ?? '', 'dismissed', '已报备的转接'));
    expect(await store.findingsOfLines([LINE], 1)).toMatchObject([
      { kind: 'left-premises', state: 'suspect' },
    ]);
  });

  it('gathers calls that are told late in one finding, also behind what was decided since, with one alert', async () => {
    const store = await backEnd.freshStore();
    await tell(store, forwardedCall('1.9', NOON));
    await done(store, decide((await findings(store))[0]?.id ?? '', 'dismissed', '已报备的转接'));
    for (const nth of [1, 2, 3]) await tell(store, forwardedCall(`1.${nth}`, NOON - HOUR + nth * 60_000));
    expect(await findings(store)).toMatchObject([{ state: 'suspect', times: 3 }, { state: 'dismissed' }]);
    expect(await store.alertLog([ROOM], false, 10)).toHaveLength(2);
  });

  it('shows of what was noticed often the first notice and the newest twenty', async () => {
    const store = await backEnd.freshStore();
    for (let nth = 0; nth < 24; nth += 1) {
      const value = `1390000${1000 + nth}`;
      await done(
        store,
        looked(NOON + nth, [{ ...setting, evidence: { ...setting.evidence, value } } as Suspicion]),
      );
    }
    await tell(store, forwardedCall('1.1'));
    const [once, often] = (await findings(store)).toSorted((one, other) => one.times - other.times);
    expect(once).toMatchObject({ times: 1, evidence: [{}] });
    expect(often?.evidence.map(({ at }) => at - NOON)).toEqual([
      ...Array.from({ length: 20 }, (_, nth) => 23 - nth),
      0,
    ]);
  });

  it('tells the room of a look that finds something else, and of the same once an hour', async () => {
    const store = await backEnd.freshStore();
    const told = async (at: number, result: 'clean' | 'suspect') => {
      const checks = [
        { topic: 'forwarding', scope: 'always', source: 'settings', at, result, why: null },
      ] as const;
      const { changes } = await done(store, {
        type: 'line-looked-at',
        line: LINE,
        suspicions: [],
        checks,
        at,
      });
      return changes.map(({ entity, id }) => `${entity} ${id}`);
    };
    expect(await told(NOON, 'clean')).toEqual([`room ${ROOM}`]);
    expect(await told(NOON + HOUR / 2, 'clean')).toEqual([]);
    expect(await told(NOON + 0.6 * HOUR, 'suspect')).toEqual([`room ${ROOM}`]);
    expect(await told(NOON + HOUR, 'suspect')).toEqual([`room ${ROOM}`]);
  });

  it('tells of a decision the room in which the line stands now', async () => {
    const store = await backEnd.freshStore();
    await done(store, looked(NOON));
    const [line] = OFFICE.lines;
    if (line === undefined) throw new Error('no line');
    const moved = { kind: 'line', put: { ...line, room: 'room-2' }, was: line } as const;
    await done(store, { type: 'office-part', part: moved, account: 'a-1', at: NOON + HOUR });
    const { changes } = await done(store, decide((await findings(store))[0]?.id ?? '', 'confirmed', ''));
    expect(changes.map(({ entity, id }) => `${entity} ${id}`)).toEqual(['room room-2']);
  });

  it('tells outside of a question once until it is decided, whatever else points to it', async () => {
    const store = await backEnd.freshStore();
    const told = async () => (await store.alertLog([ROOM], false, 10)).length;
    await done(store, looked(NOON, [setting, code('set')]));
    await tell(store, forwardedCall('1.1'));
    expect(await findings(store)).toHaveLength(3);
    expect(await told()).toBe(1);
    // The other question of the inspection is another one.
    await done(
      store,
      looked(NOON, [
        {
          ...{ kind: 'music-before-answer', scope: 'always' },
          evidence: { by: 'call', what: 'sound', sound: 'cailing' },
        },
      ]),
    );
    expect(await told()).toBe(2);
    for (const { id } of await findings(store)) await done(store, decide(id, 'dismissed', '已报备的转接'));
    await tell(store, forwardedCall('1.2', NOON + HOUR));
    expect(await told()).toBe(3);
  });

  it('tells the room that a line has moved to of what is open there, once, also of a setting that stands', async () => {
    const store = await backEnd.freshStore();
    const told = async (room: string) => (await store.alertLog([room], false, 10)).length;
    await done(store, looked(NOON));
    await tell(store, forwardedCall('1.1'));
    const [line] = OFFICE.lines;
    if (line === undefined) throw new Error('no line');
    const moved = { kind: 'line', put: { ...line, room: 'room-2' }, was: line } as const;
    await done(store, { type: 'office-part', part: moved, account: 'a-1', at: NOON + HOUR });
    for (const hour of [2, 3]) await done(store, looked(NOON + hour * HOUR));
    expect([await told(ROOM), await told('room-2')]).toEqual([1, 1]);
    const before = await findings(store);
    expect(before.map(({ kind }) => kind).toSorted()).toEqual(['forward-setting', 'left-premises']);
    await done(store, { type: 'rebuild' });
    expect(await findings(store)).toEqual(before);
    await done(store, looked(NOON + 4 * HOUR));
    expect(await told('room-2')).toBe(1);
  });

  it('keeps a setting as one notice however often it is read, and dismissed until it changes', async () => {
    const store = await backEnd.freshStore();
    for (const hour of [0, 1, 2]) await done(store, looked(NOON + hour * HOUR));
    const [first] = await findings(store);
    expect(first).toMatchObject({ times: 1, lastAt: NOON + 2 * HOUR });
    await done(store, decide(first?.id ?? '', 'dismissed', '已报备的转接'));
    await done(store, looked(NOON + 5 * HOUR));
    expect(await findings(store)).toMatchObject([{ state: 'dismissed' }]);
    const changed = { ...setting, evidence: { ...setting.evidence, value: '13911112222' } } as Suspicion;
    await done(store, looked(NOON + 6 * HOUR, [changed]));
    expect(await findings(store)).toMatchObject([{ state: 'suspect' }, { state: 'dismissed' }]);
  });

  it('is confirmed, then closed, by people with reasons, each only once', async () => {
    const store = await backEnd.freshStore();
    await done(store, looked(NOON));
    const id = (await findings(store))[0]?.id ?? '';
    const refused = async (work: FindingWork) => {
      const [result] = await store.write([work]);
      return result?.ok === false ? result.refusal.code : 'written';
    };
    expect(await refused(decide(id, 'closed', '已取消'))).toBe('finding-decided');
    expect(await refused(decide(id, 'dismissed', ' '))).not.toBe('written');
    const confirm = decide(id, 'confirmed', '');
    await done(store, confirm);
    await done(store, confirm);
    expect(await refused(decide(id, 'confirmed', ''))).toBe('finding-decided');
    await done(store, decide(id, 'closed', '运营商已取消，复查正常'));
    expect(await findings(store)).toMatchObject([
      {
        state: 'closed',
        notes: [{ decision: 'finding-closed', by: '张某' }, { decision: 'finding-confirmed' }],
      },
    ]);
    await done(store, looked(NOON + 9 * HOUR));
    expect(await findings(store)).toMatchObject([{ state: 'suspect' }, { state: 'closed' }]);
  });

  it('hears of a code that removes forwarding in the finding it belongs to, and opens none for it', async () => {
    const store = await backEnd.freshStore();
    await done(store, looked(NOON, [code('removed')]));
    expect(await findings(store)).toEqual([]);
    await done(store, looked(NOON + HOUR, [code('set')]));
    await done(store, looked(NOON + 2 * HOUR, [code('removed')]));
    const [told] = await findings(store);
    expect(told).toMatchObject({ state: 'suspect', times: 2, lastAt: NOON + 2 * HOUR });
    expect(told?.evidence.map(({ evidence }) => evidence)).toMatchObject([
      { dialled: '#57#', change: 'removed' },
      { change: 'set' },
    ]);
    await done(store, decide(told?.id ?? '', 'dismissed', '试拨'));
    await done(store, looked(NOON + 5 * HOUR, [code('removed')]));
    expect(await findings(store)).toMatchObject([{ state: 'dismissed', times: 2 }]);
  });

  it('is not green again by a call from before the code was dialled, until another call comes in', async () => {
    const store = await backEnd.freshStore();
    const verdict = async (at: number) => (await store.lineWatch([LINE], at))[0]?.forwarding;
    await tell(store, answeredCall('1.1'));
    expect((await verdict(NOON + HOUR / 2))?.state).toBe('none');
    await done(store, looked(NOON + HOUR, [code('set')]));
    const id = (await findings(store))[0]?.id ?? '';
    await done(store, decide(id, 'confirmed', ''));
    await done(store, decide(id, 'closed', '已在话机上取消'));
    expect(await verdict(NOON + 2 * HOUR)).toMatchObject({ state: 'unknown', why: 'not-rechecked' });
    await tell(store, answeredCall('1.2', NOON + 2 * HOUR));
    expect((await verdict(NOON + 3 * HOUR))?.state).toBe('none');
  });

  it('comes out the same when everything is folded anew', async () => {
    const store = await backEnd.freshStore();
    await tell(store, forwardedCall('1.1'));
    await done(store, looked(NOON));
    await done(store, decide((await findings(store))[0]?.id ?? '', 'confirmed', '核实'));
    // Seen again, which no fact says.
    await done(store, looked(NOON + 30 * HOUR));
    const before = await findings(store);
    await done(store, { type: 'rebuild' });
    expect(await findings(store)).toEqual(before);
  });
});
