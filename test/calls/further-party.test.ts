import { describe, expect, it } from 'vitest';
import type { RecordingMode } from '../../src/lines/duty-line.ts';
import { P1, P2, party, scene, T } from './events.ts';
import { aSetup, watched } from './given.ts';

const OUT = party('PJSIP/telco', 8, 5);

function recorded(recording: RecordingMode) {
  const tracker = watched(aSetup({ recording }));
  const asked = () =>
    tracker.effects.flatMap((effect) =>
      effect.kind === 'start-recording' ? [`${effect.end} ${effect.uniqueid}`] : [],
    );
  return { tracker, s: scene(), asked };
}

const OURS = `outside ${T.uniqueid}`;

describe('the channel of who comes second to a recorded call', () => {
  const FILE = '/var/spool/asterisk/monitor/one.wav';
  const named = (recording: RecordingMode) => recording === 'pbx' || recording === 'snippet';

  it.each([
    { recording: 'ami', expected: [OURS, `room ${P2.uniqueid}`] },
    { recording: 'pbx', expected: [`room ${P2.uniqueid}`] },
    { recording: 'snippet', expected: [`room ${P2.uniqueid}`] },
    { recording: 'none', expected: [] },
  ] as const)('is asked for at its answer, mode $recording', ({ recording, expected }) => {
    const { tracker, s, asked } = recorded(recording);
    tracker.hear(s.arrives());
    if (named(recording)) tracker.hear(s.sets(T, 'MIXMONITOR_FILENAME', FILE));
    tracker.hear(...s.answers(T, P1, '1001'), ...s.wait(2_000), s.gone(P1));
    expect(asked()).toEqual(expected.filter((one) => one === OURS));
    tracker.hear(...s.calls(T, P2, '1002'), s.rings(T, P2));
    expect(asked()).toEqual(expected.filter((one) => one === OURS));
    tracker.hear(s.dialEnds(T, P2, 'ANSWER'));
    expect(asked()).toEqual(expected);
  });

  it.each(['pbx', 'snippet'] as const)(
    'is left alone where the PBX does not record the call, mode %s',
    (recording) => {
      const { tracker, s, asked } = recorded(recording);
      tracker.hear(s.arrives(), ...s.answers(T, P1, '1001'), ...s.wait(2_000), s.gone(P1));
      tracker.hear(...s.answers(T, P2, '1002'), s.gone(P2), s.gone(T));
      expect(asked()).toEqual([]);
    },
  );

  it('is asked for when it follows music, tones or early media', () => {
    for (const before of ['music', 'tones', 'early media'] as const) {
      const { tracker, s, asked } = recorded('ami');
      tracker.hear(s.arrives());
      if (before === 'tones') tracker.hear(s.runs(T, 'PlayTones', 'ring'));
      tracker.hear(...s.calls(T, P1, '1001'));
      if (before === 'music') tracker.hear(s.music(T));
      if (before === 'early media') tracker.hear(s.rings(T, P1, 'PROGRESS'));
      tracker.hear(s.dialEnds(T, P1, 'ANSWER'));
      expect(asked(), before).toEqual([OURS, `room ${P1.uniqueid}`]);
    }
  });

  it('is not asked for after what the PBX played once it had picked up by itself', () => {
    const { tracker, s, asked } = recorded('ami');
    tracker.hear(s.arrives(), s.up(T), s.music(T), ...s.answers(T, P1, '1001'));
    expect(asked()).toEqual([OURS]);
  });

  it('is the calling phone when the network announced an outbound call', () => {
    const { tracker, s, asked } = recorded('ami');
    const desk = party('PJSIP/1001', 5, 5);
    tracker.hear(s.arrives(desk, { exten: '913900001111' }), ...s.calls(desk, OUT, '13900001111@telco'));
    tracker.hear(s.rings(desk, OUT, 'PROGRESS'), s.dialEnds(desk, OUT, 'ANSWER'));
    expect(asked()).toEqual([`outside ${OUT.uniqueid}`, `room ${desk.uniqueid}`]);
  });
});

describe('a trunk that a call reached before it was ours', () => {
  it('is asked for when the call is handed to a duty phone', () => {
    const { tracker, s, asked } = recorded('ami');
    const other = party('PJSIP/1004', 5, 5);
    const desk = party('PJSIP/1002', 9, 5);
    tracker.hear(s.arrives(other, { exten: '913900001111' }), ...s.answers(other, OUT, '13900001111@telco'));
    expect(asked()).toEqual([]);
    tracker.hear(...s.calls(OUT, desk, '1002'));
    expect(asked()).toEqual([`outside ${OUT.uniqueid}`]);
  });
});
