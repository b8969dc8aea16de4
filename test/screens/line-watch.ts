/** 检测 of the pictured office: what settings, a code and probes have said of its lines, and a 抽查 of three offices. */
import type { Hearing } from '../../src/diagnosis/hearing.ts';
import type { Conclusion, ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { Suspicion } from '../../src/diagnosis/suspicion.ts';
import type { LineCheck } from '../../src/diagnosis/verdict.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Work } from '../../src/storage/work.ts';
import type { PicturedOffice } from './office.ts';

const HOUR = 3_600_000;
const LINE = 'line-1';
export const TOWN_LINE = 'line-town';

const ON_PHONE = { by: 'setting', phone: 'PJSIP/1001' } as const;
const NOTICED: readonly Suspicion[] = [
  {
    ...{ kind: 'forward-setting', scope: 'no-answer' },
    evidence: { ...ON_PHONE, key: 'CFU/1001', value: '13900001111', to: '13900001111', target: 'mobile' },
  },
  {
    ...{ kind: 'forward-code', scope: 'always' },
    evidence: {
      ...{ by: 'code', dialled: '*57*13900001111#', change: 'set', target: '13900001111' },
      phone: 'PJSIP/1001',
    },
  },
  {
    ...{ kind: 'phone-unreachable', scope: 'always' },
    evidence: { ...ON_PHONE, key: 'DND/1001', value: 'YES', to: null, target: 'unknown' },
  },
];

const MUSIC: Hearing = {
  verdict: 'music',
  confidence: 0.97,
  segments: [
    { from: 0, to: 1.4, class: 'silence' },
    { from: 1.4, to: 7.4, class: 'ringback_standard' },
    { from: 7.4, to: 14, class: 'music' },
  ],
  cadence: { hz: 450.2, on: 0.98, off: 4.02, level: -11, count: 2, standard: true },
  forwarded: false,
  stretch: { from: 7.4, to: 14 },
};
const STANDARD: Hearing = {
  ...MUSIC,
  ...{ verdict: 'standard', confidence: 0.99, stretch: null },
  segments: [
    { from: 0, to: 1.4, class: 'silence' },
    { from: 1.4, to: 14, class: 'ringback_standard' },
  ],
};

interface Probed {
  readonly id: string;
  readonly at: number;
  readonly order: Partial<ProbeOrder>;
  readonly hearing: Hearing | null;
  readonly conclusion: Partial<Conclusion>;
}

/** The round that the supervisor asked for. */
export async function layLineWatch(office: PicturedOffice): Promise<string> {
  const now = Date.now();
  const work = (one: Work) => office.service.intake.work(one);
  await work({
    type: 'line-looked-at',
    ...{ line: LINE, suspicions: NOTICED, at: now - 3 * HOUR },
    checks: [look('forwarding', 'settings', 'suspect', now - 3 * HOUR)],
  });
  await work({
    type: 'line-looked-at',
    ...{ line: TOWN_LINE, suspicions: [], at: now - 5 * HOUR },
    checks: [
      look('forwarding', 'probe', 'clean', now - 5 * HOUR),
      look('ringback', 'probe', 'clean', now - 5 * HOUR),
    ],
  });
  const sang = newId();
  const heard: Suspicion = {
    ...{ kind: 'heard-music', scope: 'always' },
    evidence: { by: 'probe', probe: sang, heard: 'music', arrived: true, stretch: MUSIC.stretch },
  };
  await tell(work, {
    ...{ id: sang, at: now - 2 * HOUR, order: { line: LINE }, hearing: MUSIC },
    conclusion: {
      ...{ forwarding: 'clean', ringback: 'suspect', arrived: true, suspicions: [heard] },
      checks: [look('ringback', 'probe', 'suspect', now - 2 * HOUR)],
    },
  });
  const round = newId();
  const called = [
    ['0954-8885555', STANDARD, 'clean'],
    ['0954-8883141', MUSIC, 'suspect'],
    ['0954-8884010', null, 'unknown'],
  ] as const;
  for (const [number, hearing, ringback] of called)
    await tell(work, {
      ...{ id: newId(), at: now - HOUR, order: { number, round }, hearing },
      conclusion: { ringback, why: hearing === null ? 'only-ringing' : null },
    });
  return round;
}

function look(
  topic: LineCheck['topic'],
  source: LineCheck['source'],
  result: LineCheck['result'],
  at: number,
): LineCheck {
  return { topic, scope: 'always', source, result, at, why: null };
}

async function tell(work: (one: Work) => Promise<unknown>, probed: Probed): Promise<void> {
  const { id, at, hearing } = probed;
  const order: ProbeOrder = {
    ...{ id, line: null, number: '0954-2035678', round: null, scope: 'always', pbx: 'demo' },
    ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
    ...probed.order,
  };
  const conclusion: Conclusion = {
    ...{ forwarding: 'unknown', ringback: 'unknown', why: null, arrived: null, suspicions: [], checks: [] },
    ...probed.conclusion,
  };
  const facts: readonly ProbeFact[] = [
    { kind: 'probe-asked', at, order, askedBy: 'a-supervisor' },
    { kind: 'probe-placed', at: at + 100 },
    { kind: 'probe-dialled', at: at + 200 },
    { kind: 'probe-rang', at: at + 1_600 },
    { kind: 'probe-ended', at: at + 14_200, ending: 'timed-out', cause: 16, sip: null },
    { kind: 'probe-heard', at: at + 14_300, hearing, soundSeconds: hearing === null ? null : 14 },
    { kind: 'probe-concluded', at: at + 17_200, conclusion },
  ];
  await work({ type: 'probe-facts', probe: id, facts });
  if (hearing === null) return;
  // Its outline: two beats, then music.
  const peaks = Array.from({ length: 1_400 }, (_, n) => {
    const second = n / 100;
    if (second > 7.4 && hearing === MUSIC) return Math.round(30 + 25 * Math.abs(Math.sin(n / 7)));
    return second > 1.4 && (second - 1.4) % 5 < 1 ? 40 : 0;
  });
  await work({
    type: 'probe-sound',
    ...{ probe: id, file: 'probe.wav', bytes: 224_044, seconds: 14, sha256: '00', peaks, at: at + 15_000 },
  });
}
