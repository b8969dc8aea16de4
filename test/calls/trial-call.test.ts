import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seeTrial, type Trial } from '../../src/calls/trial-call.ts';
import { eventsOf } from './captured.ts';
import { P1, P2, party, scene, T } from './events.ts';

const GOLDEN = join(import.meta.dirname, '../golden');

function seen(events: readonly Parameters<typeof seeTrial>[1][]): Trial {
  return events.reduce<Trial>((trial, event, at) => seeTrial(trial, event, at), []);
}

describe('试拨', () => {
  it('sees a real call to a number that is no duty line: its DID, trunk, caller and the phone that rang', () => {
    const events = eventsOf(join(GOLDEN, '22-inbound-not-ours.ami'));
    const [call, ...others] = seen(events);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      did: '09542039999',
      endpoint: 'PJSIP/telco',
      callerNumber: '09548887777',
      tampered: false,
      rang: ['PJSIP/1004'],
    });
    expect(call?.endedAt).not.toBeNull();
  });

  it('names each phone once, in the order of dialling, and who answered', () => {
    const s = scene();
    const trial = seen([
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      ...s.calls(T, P2, '1002'),
      s.dials(T, P1, '1001'),
      s.dialEnds(T, P1, 'CANCEL'),
      s.dialEnds(T, P2, 'ANSWER'),
    ]);
    expect(trial).toMatchObject([
      { rang: ['PJSIP/1001', 'PJSIP/1002'], answeredBy: 'PJSIP/1002', endedAt: null },
    ]);
  });

  it('takes what the PBX makes itself, and what is dialled within a call, for no arrival', () => {
    const s = scene();
    const originated = s.arrives(party('PJSIP/1001', 9, 9), { state: 'Down' });
    const wire = s.arrives(party('Local/1001@internal-00000001;1', 8, 8));
    expect(seen([originated, wire])).toEqual([]);
    expect(seen([s.arrives(), s.created(P1)])).toHaveLength(1);
  });

  it('asks FROM_DID where the trunk says only s, and never lets it change a DID that came', () => {
    const s = scene();
    const analogue = seen([s.arrives(T, { exten: 's' }), s.sets(T, 'FROM_DID', '2035678')]);
    expect(analogue[0]?.did).toBe('2035678');
    expect(seen([s.arrives(), s.sets(T, 'FROM_DID', '2035678')])[0]?.did).not.toBe('2035678');
  });

  it('keeps the twenty newest', () => {
    const s = scene();
    const many = Array.from({ length: 25 }, (_, index) =>
      s.arrives(party('PJSIP/telco', index + 1, index + 1)),
    );
    const trial = seen(many);
    expect(trial).toHaveLength(20);
    expect(trial[0]?.linkedid).toBe('1795450000.25');
  });
});
