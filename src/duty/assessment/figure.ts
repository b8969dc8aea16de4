/**
 * 考核: what is counted. Every figure is the length of a list of calls, turns, findings or clocks, so that none stands without
 * the way to what it counts. Pure; times are integer ms UTC.
 */

/** To what a thing belongs. */
interface Placed {
  readonly id: string;
  readonly room: string;
  readonly line: string | null;
  /** 值班员 who were on duty by the roster, ids of people: it counts for each of them. */
  readonly officers: readonly string[];
  readonly at: number;
}

/** An incoming call that is over. */
export interface AssessedCall extends Placed {
  readonly kind: 'call';
  /** From the first ring to the answer; null: not answered, or not known. */
  readonly ringMs: number | null;
  readonly outcome: 'answered' | 'missed';
  readonly endedAt: number;
  /** 待回拨: when and how it was closed; null: nobody has to call back. */
  readonly callback: {
    readonly since: number;
    readonly closedAt: number | null;
    readonly how: 'called-back' | 'called-again' | 'given-up' | 'decided' | null;
  } | null;
  /** Its form: registered then, still a draft, or none is needed. */
  readonly form: { readonly state: 'registered'; readonly at: number } | { readonly state: 'draft' | 'none' };
  readonly review: 'proper' | 'improper' | null;
}

/** A turn of the shift by the roster, and the hand-over that was held for it. */
export interface AssessedTurn extends Placed {
  readonly kind: 'turn';
  readonly handOver: 'on-time' | 'late' | 'stayed' | 'missing';
  /** When it was signed; null: it was not. */
  readonly doneAt: number | null;
}

/** 疑似 of a line. */
export interface AssessedFinding extends Placed {
  readonly kind: 'finding';
  readonly state: string;
}

/** A clock of 突发事件: a report that was due. */
export interface AssessedClock extends Placed {
  readonly kind: 'clock';
  readonly kept: boolean;
}

export type AssessedItem = AssessedCall | AssessedTurn | AssessedFinding | AssessedClock;

/** Within how many ms an answer is in time, and after how many it is late. */
export interface AnswerLimits {
  readonly goodMs: number;
  readonly lateMs: number;
}

export const FIGURES = [
  'calls',
  'in-time',
  'near',
  'late',
  'unanswered',
  'called-back',
  'given-up',
  'waiting',
  'registered',
  'unregistered',
  'turns',
  'turns-on-time',
  'turns-late',
  'turns-missing',
  'clocks',
  'clocks-kept',
  'findings',
  'confirmed',
  'proper',
  'improper',
] as const;
export type Figure = (typeof FIGURES)[number];

/** Every figure that counts this item. */
export function figuresOf(item: AssessedItem, limits: AnswerLimits): readonly Figure[] {
  switch (item.kind) {
    case 'call':
      return figuresOfCall(item, limits);
    case 'turn':
      return ['turns', OF_HAND_OVER[item.handOver]];
    case 'finding':
      return CONFIRMED.includes(item.state) ? ['findings', 'confirmed'] : ['findings'];
    case 'clock':
      return item.kept ? ['clocks', 'clocks-kept'] : ['clocks'];
  }
}

/** A person has said that it is a 问题; 整改 does not unsay it. */
const CONFIRMED = ['confirmed', 'closed'];

const OF_HAND_OVER: Readonly<Record<AssessedTurn['handOver'], Figure>> = {
  'on-time': 'turns-on-time',
  late: 'turns-late',
  stayed: 'turns-missing',
  missing: 'turns-missing',
};

function figuresOfCall(call: AssessedCall, { goodMs, lateMs }: AnswerLimits): readonly Figure[] {
  const { ringMs, outcome, callback, form, review } = call;
  const figures: Figure[] = ['calls'];
  if (outcome === 'missed') figures.push('unanswered');
  // Found talking after a restart: answered, and nobody knows how fast.
  else if (ringMs !== null) figures.push(ringMs <= goodMs ? 'in-time' : ringMs <= lateMs ? 'near' : 'late');
  if (callback !== null) figures.push(ofCallback(callback));
  if (form.state === 'registered') figures.push('registered');
  if (form.state === 'draft') figures.push('unregistered');
  if (review !== null) figures.push(review);
  return figures;
}

/** The caller was reached by us, or reached us himself. */
export function wasCalledBack({ callback }: AssessedCall): boolean {
  return callback !== null && ofCallback(callback) === 'called-back';
}

function ofCallback({ closedAt, how }: NonNullable<AssessedCall['callback']>): Figure {
  if (closedAt === null) return 'waiting';
  return how === 'called-back' || how === 'called-again' ? 'called-back' : 'given-up';
}
