import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { audioOf } from '../../src/calls/pre-answer.ts';
import { P1, P2, party, type Scene, scene, T } from './events.ts';
import { watched } from './given.ts';

const ring = (s: Scene) => [...s.calls(T, P1, '1001'), s.rings(T, P1)];

const HEARD: readonly (readonly [
  what: string,
  story: (s: Scene) => readonly ChannelEvent[],
  audio: string,
])[] = [
  ['plain ringing', (s) => [s.arrives(), ...s.answers(T, P1, '1001')], 'none'],
  [
    'FreePBX: Playtones(ring) and Progress before a ring group',
    (s) => [s.arrives(), s.runs(T, 'PlayTones', 'ring'), s.runs(T, 'Progress'), ...ring(s)],
    'none',
  ],
  [
    'Dial with m(class)',
    (s) => [s.arrives(), ...s.calls(T, P1, '1001'), s.music(T), s.rings(T, P1)],
    'music',
  ],
  [
    'answer, then speech, then ring',
    (s) => [s.arrives(), s.runs(T, 'Answer'), s.up(T), s.runs(T, 'Playback', 'custom/hello'), ...ring(s)],
    'announcement',
  ],
  [
    'speech as early media',
    (s) => [s.arrives(), s.runs(T, 'Progress'), s.runs(T, 'Playback', 'hello,noanswer'), ...ring(s)],
    'announcement',
  ],
  ['answered by the PBX, then silence', (s) => [s.arrives(), s.up(T), ...ring(s)], 'early-answer'],
  [
    'a queue with music',
    (s) => [s.arrives(), s.up(T), s.queue('QueueCallerJoin', T), s.music(T), ...ring(s)],
    'music',
  ],
  [
    'speech, then music: music',
    (s) => [s.arrives(), s.up(T), s.runs(T, 'Playback', 'hello'), s.music(T), ...ring(s)],
    'music',
  ],
  [
    'music, then speech: music',
    (s) => [s.arrives(), s.music(T), s.runs(T, 'Playback', 'hello'), ...ring(s)],
    'music',
  ],
  ['music on hold during the talk', (s) => [s.arrives(), ...s.answers(T, P1, '1001'), s.music(T)], 'none'],
  [
    'T goes up with the answer',
    (s) => [s.arrives(), ...ring(s), s.dialEnds(T, P1, 'ANSWER'), s.up(T)],
    'none',
  ],
  [
    'the voice mail greeting',
    (s) => [
      s.arrives(),
      ...ring(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.runs(T, 'VoiceMail', '1001,u'),
      s.up(T),
    ],
    'none',
  ],
  [
    'an announcement after every phone failed',
    (s) => [s.arrives(), ...ring(s), s.dialEnds(T, P1, 'NOANSWER'), s.runs(T, 'Playback', 'nobody-here')],
    'none',
  ],
  [
    'the same, and then another phone is rung',
    (s) => [
      s.arrives(),
      ...ring(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.runs(T, 'Playback', 'please-wait'),
      ...s.calls(T, P2, '1002'),
    ],
    'announcement',
  ],
  [
    'music between two rounds of a queue',
    (s) => [
      s.arrives(),
      s.queue('QueueCallerJoin', T),
      ...ring(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.music(T),
    ],
    'music',
  ],
  ['music that the phone hears, not the caller', (s) => [s.arrives(), ...ring(s), s.music(P1)], 'none'],
  ['a pause made of silence', (s) => [s.arrives(), s.runs(T, 'Playback', 'silence/1'), ...ring(s)], 'none'],
];

describe('what the caller hears before a person answers', () => {
  it.each(HEARD)('%s', (_what, story, audio) => {
    const tracker = watched();
    tracker.hear(...story(scene()));
    expect(tracker.summary().preAnswerAudio).toBe(audio);
  });

  it('is told once', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), s.music(T), s.music(T), s.runs(T, 'MusicOnHold'), s.music(T));
    expect(tracker.kinds()).toEqual(['call-arrived', 'pre-answer-audio-heard']);
  });
});

describe('an application', () => {
  it.each([
    ['Playback', 'custom/hello', 'announcement'],
    ['PLAYBACK', 'custom/hello&silence/1,noanswer', 'announcement'],
    ['Playback', '', null],
    ['Background', 'ivr', 'announcement'],
    ['Read', 'IVREXT,custom/menu,4', 'announcement'],
    ['Read', 'IVREXT,,4', null],
    ['MusicOnHold', 'default', 'music'],
    ['SayDigits', '123', 'announcement'],
    ['PlayTones', 'ring', null],
    ['Ringing', '', null],
    ['Dial', 'PJSIP/1001,20,m(crbt)', null],
    ['VoiceMail', '1001,u', null],
  ])('%s(%s) sounds as %s', (application, appData, audio) => {
    expect(audioOf(application, appData)).toBe(audio);
  });
});

describe('files that the PBX records into', () => {
  const full =
    '/var/spool/asterisk/monitor/2026/11/23/external-1001-09548887777-20261123-174527-1795450000.1.wav';

  it('are named by the variable once, and by MixMonitor where no variable is seen', () => {
    const [tracker, s] = [watched(), scene()];
    const relative = '2026/11/23/external-1001-09548887777-20261123-174527-1795450000.1.wav';
    tracker.hear(s.arrives(), s.runs(T, 'MixMonitor', `${relative},abi(x),`));
    expect(tracker.summary().recordings).toEqual([relative]);
    tracker.hear(s.sets(T, 'MIXMONITOR_FILENAME', full), s.sets(P1, 'MIXMONITOR_FILENAME', full));
    tracker.hear(s.sets(T, 'MIXMONITOR_FILENAME', full));
    expect(tracker.summary().recordings).toEqual([full]);
  });

  it('are two after an attended transfer of a recorded consultation', () => {
    const [tracker, s] = [watched(), scene()];
    const [consult, colleague] = [party('PJSIP/1001', 5, 5), party('PJSIP/1002', 6, 5)];
    tracker.hear(s.arrives(), s.sets(T, 'MIXMONITOR_FILENAME', '/m/one.wav'), ...s.answers(T, P1, '1001'));
    tracker.hear(s.arrives(consult, { exten: '1002' }), s.sets(consult, 'MIXMONITOR_FILENAME', '/m/two.wav'));
    tracker.hear(
      ...s.answers(consult, colleague, '1002'),
      s.enters({ ...colleague, linkedid: T.linkedid }, 'b'),
    );
    expect(tracker.summary().recordings).toEqual(['/m/one.wav', '/m/two.wav']);
  });
});

describe('a forger', () => {
  it('marks his own call and joins nothing with it', () => {
    const [tracker, s] = [watched(), scene()];
    const other = party('PJSIP/telco', 7, 7);
    tracker.hear(s.arrives(), s.arrives(other));
    tracker.hear({ ...s.enters({ ...other, linkedid: T.linkedid }, 'b'), tampered: true });
    expect(tracker.summaries()).toMatchObject([{ tampered: false }, { tampered: true }]);
  });
});
