import { describe, expect, it } from 'vitest';
import { stateOf } from '../../src/diagnosis/probe.ts';
import { stepsOf } from '../../src/diagnosis/probe-steps.ts';
import { aProbe, heard, MAIN, OCCUPIER, type ProbeLife, RING_MS } from './probe-life.ts';

const said = (life: ProbeLife) =>
  life.effects.map((effect) => ('end' in effect ? `${effect.do} ${effect.end}` : effect.do));
const kinds = (life: ProbeLife) => life.facts.map((fact) => fact.kind.replace('probe-', ''));

/** The line rings, our PBX sees it, nobody picks it up. */
const cleanProbe = () =>
  aProbe()
    .created()
    .arrives()
    .rings()
    .sounds()
    .wait(RING_MS)
    .gone(19)
    .arrives({ over: true })
    .hears(heard('standard'));

describe('one probe', () => {
  it('is placed, recorded from its first event on, heard, compared with what arrived, and concluded', () => {
    const life = cleanProbe();
    expect(said(life)).toEqual(['place main', 'monitor', 'say-over main', 'listen']);
    expect(kinds(life)).toEqual([
      ...[
        'asked',
        'placed',
        'dialled',
        'arrived',
        'rang',
        'sounded',
        'ended',
        'arrived',
        'heard',
        'concluded',
      ],
    ]);
    expect(life.conclusion()).toMatchObject({
      forwarding: 'clean',
      ringback: 'clean',
      why: null,
      arrived: true,
    });
    expect(stepsOf(life.run().probe).map(({ step, state }) => `${step} ${state}`)).toEqual([
      ...['dialled good', 'rang good', 'heard good', 'arrival good'],
    ]);
    expect(stateOf(life.run().probe)).toBe('done');
  });

  it('says nothing more once it is concluded', () => {
    const life = cleanProbe();
    const told = life.facts.length;
    life.arrives({ over: false }).hears(heard('music')).gone(16).stopTime(60_000);
    expect(life.facts).toHaveLength(told);
  });

  it('waits for the arriving leg before it says that none came, and no longer', () => {
    const life = aProbe().created().rings().wait(RING_MS).gone(19);
    expect(life.conclusion()).toBeNull();
    expect(life.stopTime(2_000).conclusion()).toBeNull();
    expect(life.stopTime(1_000).conclusion()).toMatchObject({ arrived: false, forwarding: 'suspect' });
  });

  it('gives up a channel that never comes up, and hangs it up all the same', () => {
    const life = aProbe().stopTime(9_900);
    expect(kinds(life)).toEqual(['asked', 'placed']);
    life.stopTime(100).stopTime(3_000);
    expect(said(life)).toEqual(['place main', 'hang-up main']);
    expect(life.run().probe.end).toMatchObject({ ending: 'failed' });
    expect(life.conclusion()).toMatchObject({
      forwarding: 'unknown',
      ringback: 'unknown',
      why: 'probe-failed',
    });
    expect(stateOf(life.run().probe)).toBe('failed');
  });

  it('fails when the PBX refuses the order', () => {
    const life = aProbe().give({ type: 'not-placed', end: 'main' }).stopTime(3_000);
    expect(life.conclusion()).toMatchObject({ why: 'probe-failed', suspicions: [] });
  });

  it('is hung up when its own time does not end it, and ended when the PBX says nothing', () => {
    const life = aProbe()
      .created()
      .rings()
      .stopTime(RING_MS + 5_000);
    expect(said(life)).toContain('hang-up main');
    life.stopTime(5_000).stopTime(3_000);
    expect(life.run().probe.end).toMatchObject({ ending: 'stopped', cause: null });
  });

  it('may talk for half a minute: the notice is heard to its end', () => {
    const life = aProbe()
      .created()
      .rings()
      .answers()
      .stopTime(RING_MS + 10_000);
    expect(said(life)).not.toContain('hang-up main');
    expect(said(life.stopTime(20_000))).toContain('hang-up main');
  });

  it('is hung up at once when a real call comes in, and proves nothing then', () => {
    const life = aProbe().created().rings().give({ type: 'crossed' });
    expect(said(life)).toEqual(['place main', 'monitor', 'hang-up main']);
    life.give({ type: 'crossed' }).gone(16).stopTime(3_000);
    expect(kinds(life).filter((kind) => kind === 'crossed')).toHaveLength(1);
    expect(life.run().probe.end).toMatchObject({ ending: 'stopped' });
    expect(life.conclusion()).toMatchObject({ forwarding: 'unknown', arrived: null, suspicions: [] });
  });

  it('proves no arrival and no absence while our own PBX is out of sight', () => {
    const life = aProbe({}, { inSight: false }).created().rings().wait(RING_MS).gone(19);
    expect(life.conclusion()).toMatchObject({ arrived: null, forwarding: 'unknown', suspicions: [] });
    const lost = aProbe().created().rings().give({ type: 'out-of-sight' }).wait(RING_MS).gone(19);
    expect(lost.conclusion()).toMatchObject({ arrived: null, forwarding: 'unknown' });
  });

  it('that a crash left is told as failed, and hung up', () => {
    const life = aProbe().created().rings().give({ type: 'interrupted' });
    expect(said(life)).toEqual(['place main', 'monitor', 'hang-up main']);
    expect(life.conclusion()).toMatchObject({ forwarding: 'unknown', why: 'probe-failed', arrived: null });
    expect(stateOf(life.run().probe)).toBe('failed');
  });

  it('that still waits is only taken back', () => {
    const life = aProbe({}, null).give({ type: 'stop' });
    expect(said(life)).toEqual(['say-over main']);
    expect(stateOf(life.run().probe)).toBe('failed');
  });
});

describe('how it ended', () => {
  it.each([
    ['busy', (life: ProbeLife) => life.gone(17, '486'), 'busy'],
    ['an unallocated number', (life: ProbeLife) => life.gone(1, '404'), 'rejected'],
    [
      'a phone that is switched off, as 22 says it',
      (life: ProbeLife) => life.sounds().wait(8_000).gone(19, '480'),
      'rejected',
    ],
    ['as 16 says it', (life: ProbeLife) => life.sounds().wait(8_000).gone(20), 'rejected'],
    ['a trunk that is away', (life: ProbeLife) => life.gone(20), 'failed'],
    ['our own time, as 22 says it', (life: ProbeLife) => life.rings().wait(RING_MS).gone(19), 'timed-out'],
    ['as 16 says it', (life: ProbeLife) => life.rings().wait(RING_MS).gone(0), 'timed-out'],
    ['an answer', (life: ProbeLife) => life.answers().gone(16), 'answered'],
  ])('%s', (_what, play, ending) => {
    expect(play(aProbe().created()).run().probe.end).toMatchObject({ ending });
  });

  it('is not listened to when there was nothing to hear', () => {
    expect(said(aProbe().created().rings().wait(RING_MS).gone(19))).not.toContain('listen');
    expect(said(aProbe().created().answers().gone(16))).toContain('listen');
  });
});

describe('遇忙', () => {
  const busy = () => aProbe({ scope: 'busy', occupier: { id: OCCUPIER, trunk: 'PJSIP/telco3' } });

  it('places the second call when the first one rings on the line, and lets both go', () => {
    const life = busy();
    expect(said(life)).toEqual(['place occupier']);
    life.created(OCCUPIER).arrives({ phoneRang: false }, 'occupier');
    expect(said(life)).toEqual(['place occupier']);
    life.arrives({}, 'occupier').created(MAIN).gone(17, '486');
    expect(said(life)).toEqual([
      'place occupier',
      'place main',
      'monitor',
      'say-over main',
      'hang-up occupier',
    ]);
    expect(life.facts.filter(({ kind }) => kind.startsWith('probe-occupier'))).toMatchObject([
      { kind: 'probe-occupier-placed' },
      { kind: 'probe-occupier-arrived', linkedid: '1795450000.1' },
    ]);
    life.stopTime(3_000);
    expect(life.conclusion()).toMatchObject({ forwarding: 'clean', suspicions: [] });
    expect(life.conclusion()?.checks[0]).toMatchObject({
      topic: 'forwarding',
      scope: 'busy',
      result: 'clean',
    });
  });

  it('finds the number to which a busy line is forwarded', () => {
    const life = busy()
      .created(OCCUPIER)
      .arrives({}, 'occupier')
      .created(MAIN)
      .rings()
      .wait(RING_MS)
      .gone(19)
      .stopTime(3_000);
    expect(life.conclusion()).toMatchObject({
      forwarding: 'suspect',
      suspicions: [{ kind: 'probe-not-arrived', scope: 'busy' }],
    });
  });

  it('proves nothing where the second call comes in beside the first', () => {
    const life = busy()
      .created(OCCUPIER)
      .arrives({}, 'occupier')
      .created(MAIN)
      .arrives()
      .rings()
      .wait(RING_MS);
    life.gone(19).arrives({ over: true });
    expect(life.conclusion()).toMatchObject({ forwarding: 'unknown', why: 'only-ringing' });
  });

  it('fails when the first call does not reach the line, or is gone before the second is over', () => {
    const never = busy().created(OCCUPIER).gone(19, undefined, OCCUPIER).stopTime(3_000);
    expect(never.conclusion()).toMatchObject({ forwarding: 'unknown', why: 'probe-failed' });
    const early = busy()
      .created(OCCUPIER)
      .arrives({}, 'occupier')
      .created(MAIN)
      .rings()
      .gone(16, undefined, OCCUPIER);
    expect(said(early)).toContain('hang-up main');
  });
});
