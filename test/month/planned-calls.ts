/** 3,000 calls of the month, and the form of each: drawn from a seed. Plain data. */
import type { Chance } from '../support/seeded.ts';
import { END, FIRST, GAPS, HOUR, MINUTE, on, SILENT } from './calendar.ts';
import { INCIDENTS, NOT_REPORTABLE, originKey, proofKey, SUPERIOR_ANSWERS_MS } from './planned-incidents.ts';

export const CALLS = 3_000;
/** From the arrival of a call to the first ring of a phone. */
export const RINGS_AFTER_MS = 500;
/** 自治区总值班室, marked 上级 in the directory; dialled as it stands. */
export const SUPERIOR = '09512030001';

export type PlannedForm =
  | {
      readonly kind: 'registered';
      readonly at: number;
      readonly unit: string;
      readonly name: string;
      readonly content: string;
      readonly category: 'public' | 'duty-check' | 'incident';
      /** 作废 afterwards. */
      readonly voidAt: number | null;
    }
  | { readonly kind: 'no-record'; readonly at: number };

export interface PlannedCall {
  readonly key: string;
  readonly at: number;
  readonly direction: 'inbound' | 'outbound';
  /** Of the other side; null: withheld. */
  readonly number: string | null;
  /** Which of the two phones. */
  readonly phone: 0 | 1;
  /** From the first ring to the answer, or until it was given up. */
  readonly ringMs: number;
  /** Null: nobody answered. */
  readonly talkMs: number | null;
  /** How a call that nobody answered ended. */
  readonly unanswered: 'given-up' | 'not-taken' | 'busy';
  /** The recording never came. */
  readonly isSilent: boolean;
  /** Null: its draft stays open. */
  readonly form: PlannedForm | null;
  /** 无法回拨, said then. */
  readonly giveUpAt: number | null;
  readonly mark: { readonly at: number; readonly verdict: 'proper' | 'improper' } | null;
}

export const answeredAt = (call: PlannedCall): number | null =>
  call.talkMs === null ? null : call.at + RINGS_AFTER_MS + call.ringMs;
export const endedAt = (call: PlannedCall): number =>
  call.at + RINGS_AFTER_MS + call.ringMs + (call.talkMs ?? 0);

const UNITS = ['市应急管理局', '市水务局', '原州区政府', '市公安局', '某乡政府', '市气象局'];
const NAMES = ['马某', '李某', '王某', '张某'];
const LONGEST_MS = 15 * MINUTE;

const isInGap = (from: number, to: number): boolean =>
  GAPS.some((gap) => from < gap.to + MINUTE && to > gap.from - MINUTE);

export function plannedCalls(chance: Chance): readonly PlannedCall[] {
  const form = formsFrom(chance);
  const taken = new Set<number>();
  const callers = Array.from({ length: 500 }, (_, n) => `0954${2_100_000 + n * 7}`);
  const usual = {
    ringMs: 4_000,
    talkMs: 60_000,
    unanswered: 'given-up',
    giveUpAt: null,
    mark: null,
  } as const;
  const calls: PlannedCall[] = [];
  const put = (call: PlannedCall): void => {
    taken.add(call.at);
    calls.push(call);
  };
  const fixed = (key: string, at: number, more: Partial<PlannedCall>): PlannedCall => ({
    ...{ ...usual, key, at, direction: 'inbound', number: chance.pick(callers), phone: 0 },
    ...{ isSilent: false, form: null },
    ...more,
  });

  for (const { id, call, receivedAt, openedAt, title, acts } of INCIDENTS) {
    if (call !== null)
      put(fixed(originKey(id), receivedAt, { form: form.incident(openedAt - MINUTE, title) }));
    const proof = acts.find((one) => one.act === 'report' && one.call !== null);
    if (proof?.act !== 'report') continue;
    const ringMs = SUPERIOR_ANSWERS_MS - RINGS_AFTER_MS;
    put(
      fixed(proofKey(id), proof.sentAt - SUPERIOR_ANSWERS_MS, {
        direction: 'outbound',
        number: SUPERIOR,
        ringMs,
      }),
    );
  }
  for (const { key, calledAt } of NOT_REPORTABLE)
    put(fixed(key, calledAt, { form: form.incident(calledAt + 5 * MINUTE, `${key} 的情况`) }));
  for (let check = 0; check < 6; check += 1) {
    const at = on(2 + check * 5, '10:30') + check * 3 * HOUR;
    put(
      fixed(`check-${check}`, at, { number: SUPERIOR, ringMs: 3_000 + check * 2_500, form: form.check(at) }),
    );
  }

  while (calls.length < CALLS) {
    const at = FIRST + MINUTE + chance.below(END - FIRST - HOUR);
    if (taken.has(at) || isInGap(at, at + LONGEST_MS)) continue;
    const key = `c-${calls.length}`;
    const phone = chance.below(2) === 0 ? 0 : 1;
    if (chance.below(12) === 0) {
      const isAnswered = chance.below(4) > 0;
      const talkMs = isAnswered ? chance.between(10, 400) * 1_000 : null;
      const ringMs = chance.between(2_000, 30_000);
      const call = fixed(key, at, { direction: 'outbound', phone, ringMs, talkMs, unanswered: 'not-taken' });
      const silent = { ...call, isSilent: isAnswered && isSilentAt(at) };
      put({ ...silent, form: isAnswered && chance.below(8) === 0 ? form.registered(endedAt(call)) : null });
      continue;
    }
    const number = chance.below(40) === 0 ? null : chance.pick(callers);
    if (chance.below(10) === 0) {
      const unanswered = chance.pick(['given-up', 'not-taken', 'busy'] as const);
      const ringMs = unanswered === 'busy' ? 800 : chance.between(3_000, 40_000);
      const call = fixed(key, at, { number, phone, ringMs, talkMs: null, unanswered });
      const left = chance.below(20);
      const giveUpAt = left >= 15 && left < 18 ? endedAt(call) + chance.between(20, 90) * MINUTE : null;
      put({ ...call, giveUpAt, form: left === 19 ? null : form.after(endedAt(call)) });
      const backAt = endedAt(call) + chance.between(2, 25) * MINUTE + chance.below(MINUTE);
      if (number === null || left >= 12 || calls.length >= CALLS || taken.has(backAt) || backAt > END - HOUR)
        continue;
      if (isInGap(backAt, backAt + LONGEST_MS)) continue;
      const talkMs = chance.below(5) === 0 ? null : 45_000;
      const isSilent = talkMs !== null && isSilentAt(backAt);
      const back = {
        direction: 'outbound',
        number,
        ringMs: 7_000,
        talkMs,
        unanswered: 'not-taken',
        isSilent,
      } as const;
      put(fixed(`${key}-back`, backAt, back));
      continue;
    }
    const slow = chance.below(20);
    const ringMs =
      slow < 16
        ? chance.between(1_500, 11_000)
        : slow < 18
          ? chance.between(11_001, 15_000)
          : chance.between(15_001, 45_000);
    const call = fixed(key, at, { number, phone, ringMs, talkMs: chance.between(8, 500) * 1_000 });
    const end = endedAt(call);
    const verdict = chance.below(5) === 0 ? 'improper' : 'proper';
    put({
      ...{ ...call, isSilent: isSilentAt(at), form: chance.below(400) === 0 ? null : form.after(end) },
      mark: chance.below(60) === 0 ? { at: end + 2 * HOUR, verdict } : null,
    });
  }
  return calls.toSorted((one, other) => one.at - other.at);
}

const isSilentAt = (at: number): boolean => SILENT.from <= at && at < SILENT.to;

/** Officers write their forms in batches: seven minutes past every other hour, one a second; some only a shift later. */
function formsFrom(chance: Chance) {
  const used = new Map<number, number>();
  const times = (after: number): number => {
    const late = chance.below(25) === 0 ? chance.between(2, 7) : 0;
    const turn = 2 * HOUR;
    const batch = FIRST + Math.ceil((after - FIRST - 7 * MINUTE) / turn + late) * turn + 7 * MINUTE;
    const place = (used.get(batch) ?? 0) + 1;
    used.set(batch, place);
    return batch + place * 1_000;
  };
  let count = 0;
  const said = () => ({
    unit: chance.pick(UNITS),
    name: chance.pick(NAMES),
    content: `第 ${++count} 件事项`,
  });
  const registered = (after: number): PlannedForm | null => {
    const at = times(after);
    const voidAt = chance.below(40) === 0 ? at + chance.between(10, 600) * MINUTE : null;
    return at > END ? null : { kind: 'registered', at, ...said(), category: 'public', voidAt };
  };
  return {
    registered,
    after(end: number): PlannedForm | null {
      if (chance.below(4) === 0) return registered(end);
      const at = times(end);
      return at > END ? null : { kind: 'no-record', at };
    },
    incident: (at: number, content: string): PlannedForm => ({
      ...{
        kind: 'registered',
        at,
        unit: '某乡政府',
        name: '马某',
        content,
        category: 'incident',
        voidAt: null,
      },
    }),
    check: (at: number): PlannedForm => ({
      ...{
        kind: 'registered',
        at: at + 10 * MINUTE,
        unit: '自治区总值班室',
        name: '赵某',
        content: '抽查值班情况',
      },
      ...{ category: 'duty-check', voidAt: null },
    }),
  };
}
