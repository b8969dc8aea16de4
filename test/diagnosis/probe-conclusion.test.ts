import { describe, expect, it } from 'vitest';
import { passedOnByCount } from '../../src/diagnosis/probe-passed-on.ts';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import { aProbe, heard, type ProbeLife, RING_MS } from './probe-life.ts';

const over = (life: ProbeLife) => life.arrives({ over: true });
const found = (life: ProbeLife) => ({
  ...life.conclusion(),
  suspicions: life.conclusion()?.suspicions.map(({ kind }) => kind),
});
/** Our phone rings to the end, and this is what was heard. */
const rang = (verdict: Parameters<typeof heard>[0]) =>
  over(aProbe().created().arrives().sounds().wait(RING_MS).gone(19)).hears(heard(verdict));

describe('彩铃', () => {
  it.each([
    ['standard', 'clean', null, []],
    ['music', 'suspect', null, ['heard-music']],
    ['speech', 'suspect', null, ['heard-speech']],
    ['unclear', 'unknown', 'not-recognised', []],
    ['busy', 'unknown', 'probe-failed', []],
    ['vacant', 'unknown', 'probe-failed', []],
  ] as const)('%s → %s', (verdict, ringback, why, suspicions) => {
    expect(found(rang(verdict))).toMatchObject({ forwarding: 'clean', ringback, why, suspicions });
  });

  it('cannot be told where only 180 came: there was nothing to hear', () => {
    const life = over(aProbe().created().arrives().rings().wait(RING_MS).gone(19));
    expect(found(life)).toMatchObject({ forwarding: 'clean', ringback: 'unknown', why: 'only-ringing' });
  });

  it('is left to a person where sound is kept and no ear has heard it', () => {
    const life = over(aProbe().created().arrives().sounds().wait(RING_MS).gone(19)).hears(null);
    expect(found(life)).toMatchObject({ ringback: 'unknown', why: 'not-recognised' });
  });

  it('is not what the network says of a telephone that is switched off', () => {
    const life = aProbe().created().sounds().wait(8_000).gone(20).hears(heard('speech')).stopTime(3_000);
    expect(found(life)).toMatchObject({ forwarding: 'unknown', ringback: 'unknown', suspicions: [] });
  });

  it('names the stretch that was heard, for the person who decides', () => {
    const life = over(aProbe().created().arrives().sounds().wait(RING_MS).gone(19));
    life.hears(heard('music', { stretch: { from: 1, to: 7 } }));
    expect(life.conclusion()?.suspicions[0]?.evidence).toMatchObject({
      heard: 'music',
      stretch: { from: 1, to: 7 },
    });
  });
});

describe('呼转', () => {
  it('无条件: it rings somewhere, and nothing came to us', () => {
    const life = aProbe()
      .created()
      .rings()
      .sounds()
      .wait(RING_MS)
      .gone(19)
      .hears(heard('standard'))
      .stopTime(3_000);
    expect(found(life)).toMatchObject({
      forwarding: 'suspect',
      ringback: 'clean',
      suspicions: ['probe-not-arrived'],
    });
  });

  it('无条件: somebody answered who is not here', () => {
    const life = aProbe().created().answers().gone(16).hears(null, null).stopTime(3_000);
    expect(found(life)).toMatchObject({ forwarding: 'suspect', arrived: false });
  });

  it('无应答: our phone rang, was let go, and the call rang on elsewhere', () => {
    const life = aProbe({ scope: 'no-answer', ringMs: 40_000 })
      .created()
      .arrives()
      .rings()
      .wait(20_000)
      .arrives({ over: true });
    life.wait(20_000).gone(19).stopTime(3_000);
    expect(found(life)).toMatchObject({
      forwarding: 'suspect',
      arrived: true,
      suspicions: ['probe-not-arrived'],
    });
    expect(life.conclusion()?.suspicions[0]).toMatchObject({ scope: 'no-answer' });
  });

  it('无应答: answered, and nobody took it up here', () => {
    const life = over(
      aProbe({ scope: 'no-answer', ringMs: 40_000 }).created().arrives().rings().wait(25_000),
    ).answers();
    life.gone(16).hears(null, null);
    expect(found(life)).toMatchObject({ forwarding: 'suspect' });
  });

  it('无应答 is clean when the phone here rang to the end, and not known when somebody picked it up', () => {
    const clean = aProbe({ scope: 'no-answer', ringMs: 40_000 })
      .created()
      .arrives()
      .rings()
      .wait(40_000)
      .gone(19);
    expect(found(over(clean))).toMatchObject({ forwarding: 'clean' });
    const taken = aProbe({ scope: 'no-answer', ringMs: 40_000 })
      .created()
      .arrives()
      .rings()
      .answers()
      .wait(4_000)
      .gone(16);
    taken.arrives({ takenUp: true, over: true }).hears(null, null);
    expect(found(taken)).toMatchObject({ forwarding: 'unknown' });
  });

  it('is no finding when the officer takes the probe up', () => {
    const life = aProbe()
      .created()
      .arrives()
      .rings()
      .answers()
      .arrives({ takenUp: true })
      .wait(4_000)
      .gone(16);
    life.arrives({ takenUp: true, over: true }).hears(null, null);
    expect(found(life)).toMatchObject({ forwarding: 'clean', suspicions: [] });
  });

  it('is no finding when the network refuses: busy, unallocated, switched off, trunk away', () => {
    for (const [cause, sip] of [
      [17, '486'],
      [1, '404'],
      [19, '480'],
      [20, undefined],
    ] as const) {
      const life = aProbe().created().gone(cause, sip).stopTime(3_000);
      expect(found(life)).toMatchObject({ forwarding: 'unknown', suspicions: [] });
    }
  });

  it('tells what any call shows on our own PBX: a forward set there, music before the answer', () => {
    const seen: readonly Suspicion[] = [
      {
        kind: 'left-premises',
        scope: 'always',
        evidence: {
          by: 'call',
          what: 'left',
          to: '13900001111',
          trunk: 'PJSIP/telco',
          target: 'mobile',
          way: 'instead',
        },
      },
      { kind: 'music-before-answer', scope: 'always', evidence: { by: 'call', what: 'sound', sound: null } },
    ];
    const life = aProbe().created().arrives({ suspicions: seen }).sounds().wait(RING_MS).gone(19);
    life.arrives({ suspicions: seen, over: true }).hears(heard('music'));
    expect(found(life)).toMatchObject({
      forwarding: 'suspect',
      ringback: 'suspect',
      suspicions: ['left-premises', 'music-before-answer', 'heard-music'],
    });
  });

  it('a tone that restarts says something only where the call did not demonstrably ring here', () => {
    const restarts = heard('standard', { forwarded: true, stretch: { from: 8, to: 9 } });
    const here = over(aProbe().created().arrives().sounds().wait(RING_MS).gone(19)).hears(restarts);
    expect(found(here)).toMatchObject({ forwarding: 'clean', suspicions: [] });
    const elsewhere = aProbe({ line: null }).created().sounds().wait(RING_MS).gone(19).hears(restarts);
    expect(found(elsewhere)).toMatchObject({
      forwarding: 'suspect',
      arrived: null,
      suspicions: [],
      checks: [],
    });
  });

  it('of another office only what is heard is told', () => {
    const life = aProbe({ line: null }).created().sounds().wait(RING_MS).gone(19).hears(heard('standard'));
    expect(found(life)).toMatchObject({
      forwarding: 'unknown',
      ringback: 'clean',
      arrived: null,
      checks: [],
    });
  });
});

describe('what the network says of where it goes', () => {
  const call = (of: Parameters<typeof aProbe>[0] = {}) => aProbe(of).created().dialled();
  const signs = (life: ProbeLife) =>
    life.conclusion()?.suspicions.map(({ kind, evidence }) => [kind, evidence]);

  it('302: nothing rings, nothing arrives, and the number is told', () => {
    const life = call().moved('13900001111').gone(23, '302').stopTime(3_000);
    expect(life.conclusion()).toMatchObject({ forwarding: 'suspect', arrived: false });
    const passedOn = { sign: '302', number: '13900001111' };
    expect(signs(life)).toEqual([['probe-passed-on', expect.objectContaining({ arrived: false, passedOn })]]);
  });

  it('181: stands beside the arrival check, and a mobile told later is its number', () => {
    const life = call()
      .rings()
      .give({ type: 'passed-on', passedOn: { sign: '181', number: null } });
    life.connects('13900001111').answers().gone(16).hears(null, null).stopTime(3_000);
    const passedOn = { sign: '181', number: '13900001111' };
    expect(signs(life)).toEqual([['probe-not-arrived', expect.objectContaining({ passedOn })]]);
  });

  it('of another office it is all there is to say', () => {
    const life = call({ line: null })
      .rings()
      .connects('013900001111')
      .answers()
      .gone(16)
      .hears(null, null)
      .stopTime(3_000);
    expect(life.conclusion()).toMatchObject({ forwarding: 'suspect', arrived: null, suspicions: [] });
  });

  it.each(['1001', '0954-2035678', '09542035600', '(unknown)'])(
    '%s at the other end is no forward',
    (number) => {
      const life = call({ line: null }).rings().connects(number).wait(RING_MS).gone(19).stopTime(3_000);
      expect(life.conclusion()).toMatchObject({ forwarding: 'unknown' });
    },
  );

  it('our own mobile is told before the call is dialled, and the mobile that was called is no other', () => {
    const own = aProbe({ line: null })
      .created()
      .connects('13700001111')
      .dialled()
      .rings()
      .wait(RING_MS)
      .gone(19);
    expect(own.stopTime(3_000).conclusion()).toMatchObject({ forwarding: 'unknown' });
    const called = call({ line: null, number: '13900001111' })
      .rings()
      .connects('+8613900001111')
      .wait(RING_MS);
    expect(called.gone(19).stopTime(3_000).conclusion()).toMatchObject({ forwarding: 'unknown' });
  });

  it('is no finding where the call demonstrably rang here', () => {
    const life = call()
      .arrives()
      .rings()
      .give({ type: 'passed-on', passedOn: { sign: '181', number: null } });
    expect(found(over(life.wait(RING_MS).gone(19)))).toMatchObject({ forwarding: 'clean', suspicions: [] });
  });

  it('is asked each second while nothing is known, by its count alone', () => {
    const life = call()
      .stopTime(1_000)
      .give({ type: 'passed-on', passedOn: { sign: '181', number: null } });
    life.stopTime(1_000);
    expect(life.effects.filter((effect) => effect.do === 'ask-passed-on')).toHaveLength(1);
    expect(['0', '', '1', '12', '1x', '-1'].map(passedOnByCount)).toEqual([
      ...[null, null, { sign: '181', number: null }, { sign: '181', number: null }, null, null],
    ]);
  });
});
