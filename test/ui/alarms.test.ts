import { describe, expect, it } from 'vitest';
import { dueSounds, type Heard, NOTHING_HEARD } from '../../src/ui/alarms.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { LinkView, RoomClock } from '../../src/web/protocol/room-view.ts';
import { A_RECORDING, aCall } from './views.ts';

const ringing = aCall('a', { phase: 'ringing', outcome: null });
const talkingHere = aCall('t', { phase: 'talking', outcome: null, answeredBy: 'PJSIP/1001' });
const down: LinkView = {
  pbx: 'main',
  name: '办公楼交换机',
  state: 'down',
  since: 0,
  reason: null,
  offsetMs: null,
  limits: [],
  quarantined: 0,
};

/** Sounds of each moment, seconds from the start. */
function heard(
  seconds: number,
  seen: (second: number) => {
    calls?: readonly CallView[];
    links?: readonly LinkView[];
    clocks?: readonly RoomClock[];
    ack?: boolean;
  },
): readonly string[] {
  let memory: Heard = NOTHING_HEARD;
  const sounds: string[] = [];
  for (let now = 0; now <= seconds * 1_000; now += 500) {
    const { calls = [], links = [], clocks = [], ack = false } = seen(now / 1_000);
    const step = dueSounds(memory, {
      ...{ calls, links, seatPhone: 'PJSIP/1001', downAcknowledged: ack, now },
      ...{ clocks, serverNow: now },
    });
    memory = step.heard;
    for (const { sound, loudness } of step.due) sounds.push(`${now / 1_000} ${sound} ${loudness}`);
  }
  return sounds;
}

const clock = (dueAt: number, more: Partial<RoomClock> = {}): RoomClock => ({
  ...{ incident: 'i', title: '山火', clock: 'telephone', name: '电话报告', dueAt, heard: [], ...more },
});

describe('a 时限', () => {
  it('sounds once as a warning, then at the limit and each minute until somebody has heard it', () => {
    const due = 600_000 + 30_000;
    expect(
      heard(760, (second) => ({ clocks: [clock(due, { heard: second > 720 ? ['over'] : [] })] })),
    ).toEqual([...['30 clock 1', '630.5 clock 1', '690.5 clock 1']]);
  });

  it('while this seat talks is heard only when it is over, softly; the warning comes after the talk', () => {
    const talk = (second: number) => (second < 10 ? [talkingHere] : []);
    expect(heard(12, (second) => ({ calls: talk(second), clocks: [clock(60_000)] }))).toEqual(['10 clock 1']);
    expect(heard(2, (second) => ({ calls: talk(second), clocks: [clock(-1)] }))).toEqual(['0 clock 0.2']);
  });

  it('of another 续报 sounds anew', () => {
    const further = (second: number) => clock(-1, { clock: second < 5 ? 'further 1' : 'further 2' });
    expect(heard(6, (second) => ({ clocks: [further(second)] }))).toEqual(['0 clock 1', '5 clock 1']);
  });
});

describe('sounds', () => {
  it('ring once, and insist every 4 s only after 15 s', () => {
    expect(heard(24, () => ({ calls: [ringing] }))).toEqual([
      '0 ring 1',
      '15 ring 1',
      '19 ring 1',
      '23 ring 1',
    ]);
  });

  it('a second call while this seat talks is only seen', () => {
    expect(heard(30, () => ({ calls: [talkingHere, ringing] }))).toEqual([]);
  });

  it('a call that another seat answers falls silent', () => {
    const answered = aCall('a', { phase: 'talking', outcome: null, answeredBy: 'PJSIP/1002' });
    expect(heard(30, (second) => ({ calls: [second < 5 ? ringing : answered] }))).toEqual(['0 ring 1']);
  });

  it('a call does not ring again while its last legs go', () => {
    const going = aCall('a', { phase: 'arriving', outcome: null, answeredAt: 2_000 });
    expect(heard(5, () => ({ calls: [going] }))).toEqual([]);
  });

  it('one low note when nobody answered, none for what was over before the page opened', () => {
    const missed = aCall('a', { outcome: 'abandoned' });
    expect(heard(10, (second) => ({ calls: [second < 3 ? ringing : missed] }))).toEqual([
      '0 ring 1',
      '3 missed 1',
    ]);
    expect(heard(10, () => ({ calls: [missed] }))).toEqual([]);
  });

  it('a line that is down is heard every 30 s until acknowledged, softly during a talk', () => {
    expect(heard(61, () => ({ links: [down] }))).toEqual(['0 down 1', '30 down 1', '60 down 1']);
    expect(heard(61, () => ({ links: [down], ack: true }))).toEqual([]);
    expect(heard(10, () => ({ links: [down], calls: [talkingHere] }))).toEqual(['0 down 0.2']);
  });

  it('a recording that does not grow counts as a line down, while its call lives', () => {
    const dry = { ...A_RECORDING, state: 'no-growth' } as const;
    expect(heard(1, () => ({ calls: [{ ...talkingHere, recordings: [dry] }] }))).toEqual(['0 down 0.2']);
    expect(heard(1, () => ({ calls: [aCall('e', { recordings: [dry] })] }))).toEqual([]);
  });

  it('a call that waits for a call back is heard once a level, after a talk of this seat', () => {
    const waits = (level: number) =>
      aCall('w', { callback: { since: 0, level, claimedBy: null, closed: null } });
    expect(heard(20, (second) => ({ calls: [waits(second < 5 ? 0 : second < 10 ? 1 : 2)] }))).toEqual([
      '5 missed 1',
      '10 missed 1',
    ]);
    expect(heard(20, (second) => ({ calls: [waits(1), ...(second < 7 ? [talkingHere] : [])] }))).toEqual([
      '7 missed 1',
    ]);
  });
});
