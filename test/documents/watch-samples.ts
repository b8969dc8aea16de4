/** Views of 检测 as the store gives them, for the papers made of them. */
import type { EarVerdict } from '../../src/diagnosis/hearing.ts';
import type { NotKnown } from '../../src/diagnosis/verdict.ts';
import type { ProbeResultView, ProbeView } from '../../src/web/protocol/probe-view.ts';
import type { FindingView, LineWatchView } from '../../src/web/protocol/watch-view.ts';

const NOON = Date.UTC(2026, 10, 23, 4);
const MINUTE = 60_000;

interface Wanted {
  readonly line: string | null;
  readonly number?: string;
  readonly unit?: string | null;
  readonly state?: ProbeView['state'];
  readonly askedBy?: string;
  readonly rang?: number;
  readonly heard?: EarVerdict;
  readonly forwarding?: ProbeResultView['forwarding'];
  readonly ringback?: ProbeResultView['ringback'];
  readonly why?: NotKnown;
  readonly ending?: ProbeResultView['ending'];
  readonly cause?: number;
  readonly arrived?: boolean;
  readonly passedOn?: ProbeResultView['passedOn'];
}

/** Asked for at noon; over, and clean, unless told otherwise. */
export function probeOf(wanted: Wanted): ProbeView {
  const { heard, rang = null, state = 'done' } = wanted;
  const hearing = { confidence: 1, segments: [], cadence: null, peaks: [] };
  return {
    id: `p-${wanted.line}-${wanted.number}`,
    line: wanted.line,
    number: wanted.number ?? '0954-2030001',
    unit: wanted.unit ?? null,
    scope: 'always',
    askedBy: wanted.askedBy ?? null,
    at: NOON,
    dialledAt: state === 'waiting' ? null : NOON + 5_000,
    state,
    steps: [{ step: 'rang', state: rang === null ? 'bad' : 'good', seconds: rang ?? 0.3 }],
    result:
      state === 'done'
        ? {
            forwarding: wanted.forwarding ?? 'clean',
            ringback: wanted.ringback ?? 'clean',
            why: wanted.why ?? null,
            heard: heard === undefined ? null : { verdict: heard, ...hearing },
            ...{ ending: wanted.ending ?? 'timed-out', cause: wanted.cause ?? 19, sip: '480' },
            arrived: wanted.arrived ?? null,
            ...{ arrival: null, soundSeconds: null, passedOn: wanted.passedOn ?? null, ownTone: null },
          }
        : null,
  };
}

/** Clean by probes of two scopes an hour ago; nobody listened for 彩铃. */
export const WATCHED: LineWatchView = {
  line: 'l-county',
  forwarding: {
    ...{ state: 'none', at: NOON - 60 * MINUTE, source: 'probe', why: null },
    scopes: ['busy', 'always'],
  },
  ringback: { state: 'unknown', at: null, source: null, scopes: [], why: 'never' },
  undecided: 0,
  probing: false,
};

export const decidedFinding: FindingView = {
  ...{ id: 'f-1', line: 'l-county', kind: 'forward-code', state: 'dismissed' },
  ...{ openedAt: NOON - 180 * MINUTE, lastAt: NOON - 120 * MINUTE, times: 2, evidence: [] },
  notes: [
    {
      ...{ id: 'n-1', decision: 'finding-dismissed', text: '技术人员试线', shut: null },
      ...{ by: '张三', at: NOON - 90 * MINUTE },
    },
    {
      ...{ id: 'n-2', decision: 'finding-confirmed', text: '', shut: null },
      ...{ by: null, at: NOON - 89 * MINUTE },
    },
  ],
};
