/** What 检测 says: a sentence for every kind and every evidence, and never a green word without a proof. */
import { describe, expect, it } from 'vitest';
import { settingSuspicions } from '../../src/diagnosis/call-forward-settings.ts';
import { noticedByAudit } from '../../src/diagnosis/noticed-setting.ts';
import type { SettingSuspicion } from '../../src/diagnosis/setting-suspicion.ts';
import {
  type Evidence,
  type ProbeHeard,
  type SuspicionKind,
  TOPIC_OF,
} from '../../src/diagnosis/suspicion.ts';
import type { LineVerdict } from '../../src/diagnosis/verdict.ts';
import { RING_LIMITS } from '../../src/diagnosis/watch-rules.ts';
import {
  across,
  bursts,
  firstTone,
  isStandard,
  marks,
  outlineOf,
  ruler,
} from '../../src/ui/watch/probe-layout.ts';
import { saidEvidence } from '../../src/ui/watch/saying.ts';
import {
  byUnit,
  findingsOf,
  matches,
  placeOf,
  verdictScope,
  verdictSentence,
} from '../../src/ui/watch/verdicts.ts';
import { watchWords } from '../../src/ui/watch/words.ts';
import type { ProbeHeardView } from '../../src/web/protocol/probe-view.ts';
import type { FindingView, WatchedLineView } from '../../src/web/protocol/watch-view.ts';

const NOW = 1_764_000_000_000;
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');
const said = (kind: SuspicionKind, evidence: Evidence): string =>
  plain(saidEvidence(kind, evidence).sentences.join(''));

const PLACE: Evidence = {
  ...{ by: 'dialplan', context: 'from-did-direct', extension: '1001', priority: '3' },
  ...{ application: 'Dial', data: 'PJSIP/13900001111@telco,30', path: ['from-pstn,2030001,1'] },
};
const probe = (heard: string | null, arrived: boolean | null = null): ProbeHeard => ({
  ...{ by: 'probe', probe: 'p-1', heard, arrived, stretch: { from: 1.2, to: 4 } },
});

const CASES: readonly (readonly [SuspicionKind, Evidence, RegExp])[] = [
  [
    'left-premises',
    {
      ...{ by: 'call', what: 'left', to: '13900001111', trunk: 'PJSIP/telco', target: 'mobile' },
      way: 'phone-forward',
    },
    /转到 139 0000 1111（手机）：话机自行转出。/,
  ],
  [
    'transferred-outside',
    {
      ...{ by: 'call', what: 'left', to: '09548887777', trunk: 'PJSIP/telco', target: 'unknown' },
      way: 'transfer',
    },
    /0954-8887777（未登记的号码）：接听后转出。/,
  ],
  [
    'answered-elsewhere',
    { by: 'call', what: 'answered-elsewhere', endpoint: 'PJSIP/1009' },
    /PJSIP\/1009 接听/,
  ],
  ['arrived-diverted', { by: 'call', what: 'diverted', from: '09548880000' }, /先打到 0954-8880000/],
  [
    'forward-code',
    { by: 'code', dialled: '*57*13900001111#', change: 'set', target: '13900001111', phone: 'PJSIP/1001' },
    /PJSIP\/1001 拨了设置呼转的代码。呼转到 139/,
  ],
  [
    'forward-setting',
    { by: 'setting', key: 'CF/1001', value: '13900001111', target: 'mobile', phone: 'PJSIP/1001' },
    /为话机 PJSIP\/1001 设了呼转。转到 139 0000 1111（手机）。/,
  ],
  ['dialplan-trunk', PLACE, /有一步拨往外线/],
  ['probe-not-arrived', probe('answered', false), /^拨测已被接听，本机未收到该来电。$/],
  [
    'probe-passed-on',
    { ...probe(null), passedOn: { sign: '302', number: '13900001111' } },
    /^网络要求改拨 .*139.*（302）。$/,
  ],
  ['sounds-forwarded', probe('music'), /听到：音乐，像是转接。在 0:01.2 至 0:04.0。/],
  ['music-before-answer', { by: 'call', what: 'sound', sound: null }, /主叫听到音乐/],
  [
    'announcement-before-answer',
    { by: 'call', what: 'sound', sound: 'custom/ad' },
    /主叫听到语音。所放文件：custom\/ad/,
  ],
  ['answered-early', { by: 'call', what: 'sound', sound: null }, /已自动接通/],
  ['dialplan-sound', PLACE, /接听前有一步放音/],
  ['heard-music', probe('music'), /听到：音乐。/],
  ['heard-speech', probe('speech'), /听到：语音（彩铃或提示语）。/],
  ['rang-long', { by: 'call', what: 'rang', seconds: 22.022, answered: false }, /响铃 22 秒无人接听/],
  ['phone-unreachable', { by: 'call', what: 'unreachable', phones: ['PJSIP/1001'] }, /涉及话机：PJSIP\/1001/],
];

/** What the settings of a phone come to on the page, by the same way as an audit's. */
function saidOfSettings(values: Readonly<Record<string, string>>) {
  const found = settingSuspicions('PJSIP/1001', new Map(Object.entries(values)), ['1001']);
  return saidOfAudit(found);
}
function saidOfAudit(suspicions: readonly SettingSuspicion[]) {
  const rules = { areaCode: '0954', ...RING_LIMITS, lines: {} };
  const noticed = noticedByAudit({ line: 'l', at: NOW, suspicions, unreadable: [] }, rules);
  return noticed.suspicions.map(({ kind, evidence }) => {
    const { sentences, technical } = saidEvidence(kind, evidence);
    return [plain(sentences.join('')), ...technical.map((row) => row.join(' '))];
  });
}

describe('what the PBX keeps for a phone', () => {
  it('is called a forward only where it is one', () => {
    expect(saidOfSettings({ 'CF/1001': '13900001111' })).toEqual([
      ['电话交换机为话机 PJSIP/1001 设了呼转。转到 139 0000 1111（手机）。', 'AstDB CF/1001 = 13900001111'],
    ]);
    expect(saidOfSettings({ 'DND/1001': 'YES' })).toEqual([
      ['话机 PJSIP/1001 设了免打扰，来电不会响铃。', 'AstDB DND/1001 = YES'],
    ]);
    const away: SettingSuspicion = {
      ...{ rule: 'phone-unreachable', scope: 'always', target: null, sound: null },
      place: { kind: 'phone', endpoint: 'PJSIP/1001', state: 'UNAVAILABLE' },
    };
    expect(saidOfAudit([away])).toEqual([
      ['话机 PJSIP/1001 没有连上电话交换机，来电不会响铃。', '话机状态 UNAVAILABLE'],
    ]);
  });

  it('names the number that follow-me rings, and what it plays', () => {
    const key = 'AMPUSER/1001/followme';
    const on = { [`${key}/ddial`]: 'DIRECT' };
    expect(saidOfSettings({ ...on, [`${key}/grplist`]: '1001-13900001111#' })).toEqual([
      [
        '电话交换机为话机 PJSIP/1001 开了同振（跟随）。来电同时呼叫 139 0000 1111（手机）。',
        `AstDB ${key}/grplist = 1001-13900001111#`,
      ],
    ]);
    for (const name of ['ringing', 'annmsg'])
      expect(saidOfSettings({ ...on, [`${key}/${name}`]: 'custom/ad' })).toEqual([
        [
          '电话交换机为话机 PJSIP/1001 设了接听前的放音。所放文件：custom/ad。',
          `AstDB ${key}/${name} = custom/ad`,
        ],
      ]);
  });

  it('reads a forward that was kept before its number was kept beside it', () => {
    const before: Evidence = {
      ...{ by: 'setting', key: 'CFB/1001', value: '09548887777', target: 'unknown', phone: 'PJSIP/1001' },
    };
    expect(said('forward-setting', before)).toContain('转到 0954-8887777（未登记的号码）');
  });
});

describe('evidence in the words of the office', () => {
  it.each(CASES.map(([kind, evidence, expected]) => ({ kind, evidence, expected })))(
    '$kind',
    ({ kind, evidence, expected }) => {
      expect(said(kind, evidence)).toMatch(expected);
    },
  );

  it('tells a code that removed forwarding from one that set it', () => {
    const removed = { by: 'code', dialled: '#57#', change: 'removed', target: null } as const;
    expect(said('forward-code', { ...removed, phone: 'PJSIP/1001' })).toBe(
      '话机 PJSIP/1001 拨了取消呼转的代码。',
    );
  });

  it('says how a probe that did not arrive ended, also where the ear had heard a tone before', () => {
    const tone = probe('standard', false);
    expect(said('probe-not-arrived', tone)).toBe('拨测已拨通，本机未收到该来电。');
    const [sentence] = saidEvidence('probe-not-arrived', tone, 'answered').sentences;
    expect(sentence).toBe('拨测已被接听，本机未收到该来电。');
    // 无应答.
    expect(said('probe-not-arrived', probe('answered', true))).toBe(
      '拨测到了本机，话机响铃无人接听，随后在别处被接听。',
    );
  });

  it('has a case for every kind, a title and what to look into', () => {
    const kinds = Object.keys(TOPIC_OF) as SuspicionKind[];
    expect(new Set(CASES.map(([kind]) => kind))).toEqual(new Set(kinds));
    for (const kind of kinds) {
      expect(watchWords.kinds[kind]).not.toBe('');
      expect(watchWords.advice[kind]).toMatch(/^[^！]{4,40}。$/);
    }
  });

  it('keeps each sentence short and free of jargon; the exact place stands folded', () => {
    for (const [kind, evidence] of CASES) {
      for (const sentence of said(kind, evidence).split('。').filter(Boolean)) {
        expect([...sentence].length, sentence).toBeLessThanOrEqual(40);
        expect(sentence).not.toMatch(/endpoint|trunk|AMI|context|！/i);
      }
    }
    expect(saidEvidence('dialplan-trunk', PLACE).technical).toEqual([
      ['context', 'from-did-direct'],
      ['extension', '1001'],
      ['priority', '3'],
      ['application', 'Dial'],
      ['data', 'PJSIP/13900001111@telco,30'],
      ['经过', 'from-pstn,2030001,1'],
    ]);
  });

  it('lets no hostile text turn the words beside it', () => {
    const hostile = '\u202e\u20691001\u2069';
    const [sentence = ''] = saidEvidence('answered-elsewhere', {
      ...{ by: 'call', what: 'answered-elsewhere', endpoint: hostile },
    }).sentences;
    expect(sentence.match(/\u2068/g)).toHaveLength(1);
    expect(sentence.match(/\u2069/g)).toHaveLength(1);
    expect(sentence.indexOf('\u202e')).toBeGreaterThan(sentence.indexOf('\u2068'));
  });
});

const verdict = (state: LineVerdict['state'], more: Partial<LineVerdict> = {}): LineVerdict => ({
  ...{ state, at: NOW, source: 'probe', scopes: ['always'], why: null },
  ...more,
});

describe('a verdict', () => {
  it('says what was covered and what was not', () => {
    expect(verdictScope(verdict('none'))).toBe('范围：无条件；未检测：无应答、遇忙');
    expect(verdictScope(verdict('none', { scopes: ['always', 'no-answer', 'busy'] }))).toBe(
      '范围：无条件、无应答、遇忙',
    );
    expect(verdictScope(verdict('unknown', { scopes: [] }))).toBe('');
  });

  it('that is not known says why, whatever the reason', () => {
    for (const why of Object.keys(watchWords.why) as (keyof typeof watchWords.why)[]) {
      const sentence = verdictSentence('ringback', verdict('unknown', { why, scopes: [] }), NOW);
      expect(sentence).toBe(`无法判定彩铃：${watchWords.why[why]}`);
    }
    // A green word needs a moment and a source.
    expect(verdictSentence('forwarding', verdict('none', { at: null, source: null }), NOW)).toMatch(
      /^无法判定/,
    );
  });
});

const finding = (
  id: string,
  kind: SuspicionKind,
  state: FindingView['state'],
  lastAt = NOW,
): FindingView => ({
  ...{ id, line: 'l', kind, state, openedAt: lastAt, lastAt, times: 1, evidence: [], notes: [] },
});
const line = (id: string, findings: readonly FindingView[], more: Partial<WatchedLineView> = {}) =>
  ({
    ...{ line: id, forwarding: verdict('none'), ringback: verdict('unknown'), undecided: 0 },
    ...{ number: '1', room: 'r', roomName: '值班室', unit: '区', findings },
    ...more,
  }) as WatchedLineView;

describe('the lines', () => {
  const lines = [
    line('l', [
      finding('f-1', 'left-premises', 'dismissed', NOW + 5),
      finding('f-2', 'forward-code', 'suspect'),
      finding('f-3', 'rang-long', 'confirmed'),
    ]),
    line('m', [finding('f-4', 'heard-music', 'suspect')]),
  ];

  it('are found by a line, by a line and a question, and by a finding', () => {
    expect(placeOf(lines, 'f-3')).toEqual({ line: 'l', topic: 'answering' });
    expect(placeOf(lines, 'm')).toEqual({ line: 'm', topic: 'ringback' });
    expect(placeOf(lines, 'l/ringback')).toEqual({ line: 'l', topic: 'ringback' });
    expect(placeOf(lines, 'nobody')).toBeNull();
  });

  it('have what is undecided first', () => {
    expect(findingsOf(lines[0] ?? line('', []), 'forwarding').map(({ id }) => id)).toEqual(['f-2', 'f-1']);
  });

  it('stand by their unit, two of one name apart', () => {
    const of = (id: string, unitId: string) => line(id, [], { unitId, unit: '值班室' });
    const units = byUnit([of('a', 'u-1'), of('b', 'u-2'), of('c', 'u-1')]);
    expect(units.map((unit) => [unit.id, unit.name, unit.lines.map((one) => one.line)])).toEqual([
      ['u-1', '值班室', ['a', 'c']],
      ['u-2', '值班室', ['b']],
    ]);
  });

  it('are filtered by 有疑似 and 无法判定', () => {
    const suspect = line('s', [], { undecided: 1, ringback: verdict('none') });
    expect(matches(suspect, 'suspect')).toBe(true);
    expect(matches(suspect, 'unknown')).toBe(false);
    expect(matches(line('u', []), 'unknown')).toBe(true);
  });
});

describe('what a probe heard, laid out', () => {
  const heard: ProbeHeardView = {
    verdict: 'standard',
    confidence: 0.98,
    segments: [
      { from: 0, to: 2, class: 'silence' },
      { from: 2, to: 12, class: 'ringback_standard' },
    ],
    cadence: { hz: 450, on: 1, off: 4, level: -10, count: 2 },
    peaks: [...Array.from({ length: 210 }, () => 0), ...Array.from({ length: 100 }, () => 60)],
  };

  it('the ruler begins with the first tone', () => {
    expect(firstTone(heard)).toBeCloseTo(2.1);
    expect(ruler(2.1, 12).map(({ from, to }) => [from, to])).toEqual([
      [2.1, 3.1],
      [7.1, 8.1],
    ]);
  });

  it('a cadence that makes no sense draws nothing, and none draws without end', () => {
    expect(bursts(0, 10, 0, 0)).toEqual([]);
    expect(bursts(0, 10, Number.NaN, 4)).toEqual([]);
    expect(bursts(0, 100_000, 0.0001, 0)).toEqual([]);
  });

  it('is standard where the ear says so, which knows how well a beat can be measured', () => {
    const short = { hz: 450, on: 0.87, off: 4, level: -10, count: 3, standard: true };
    expect(isStandard({ cadence: short, verdict: 'standard' })).toBe(true);
    // A standard ringback that music follows is one all the same.
    expect(isStandard({ cadence: short, verdict: 'music' })).toBe(true);
    expect(isStandard({ cadence: { ...short, standard: false }, verdict: 'unclear' })).toBe(false);
    // What was kept before the ear's word was kept beside it.
    const { standard: _standard, ...before } = short;
    expect(isStandard({ cadence: before, verdict: 'standard' })).toBe(true);
    expect(isStandard({ cadence: before, verdict: 'busy' })).toBe(false);
  });

  it('a long sound has no more points than a screen shows, and stays within its frame', () => {
    const points = outlineOf(Array.from({ length: 12_000 }, () => 250));
    expect(points.length).toBeLessThanOrEqual(3_000);
    expect(Math.max(...points.map(([, y]) => Math.abs(y)))).toBe(1);
    // A quiet trunk is seen, and noise stays noise.
    expect(Math.max(...outlineOf([0, 20, 5]).map(([, y]) => y))).toBe(1);
    expect(Math.max(...outlineOf([0, 1, 1]).map(([, y]) => y))).toBeCloseTo(0.1);
    expect(across({ from: -3, to: 40 }, 20)).toEqual({ left: '0%', width: '100%' });
    expect(marks(120).length).toBeLessThanOrEqual(15);
  });
});
