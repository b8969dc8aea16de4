/**
 * 交接班: what one shift gives to the next. Everything open is handed over unless somebody says why not; nothing is lost between
 * two shifts, whoever signs and whoever does not come. Pure; times are integer ms UTC.
 */
import type { DeviceEvidence } from './device-evidence.ts';
import type { Standing } from './standing.ts';

/** 移交事项: whatever is open in the room at that moment. `id` names it for ever: a record, a call, a clock, a finding. */
export interface OpenMatter {
  readonly kind:
    | 'draft'
    | 'callback'
    | 'clock'
    | 'finding'
    | 'missing-sound'
    | 'emergency-undecided'
    /** 待办 that a person wrote himself. */
    | 'task';
  readonly id: string;
}

export interface HandedMatter extends OpenMatter {
  /** 移交 is preset; 不移交 says why. */
  readonly handed: boolean;
  readonly reason: string | null;
}

/** 设备检查: the telephone and the recording by evidence (`device-evidence.ts`), the others by a look. */
export type Device = 'telephone' | 'recording' | 'computer' | 'printer' | 'fax';

export interface HandOver {
  readonly id: string;
  readonly room: string;
  /** The shift that ends. */
  readonly from: number;
  readonly begunAt: number;
  readonly matters: readonly HandedMatter[];
  /** What a person has looked at. */
  readonly devices: Readonly<Partial<Record<Device, boolean>>>;
  /** What telephone and recording showed by themselves, as of the last step; absent in those of before it was asked. */
  readonly evidence?: DeviceEvidence;
  /** 拨测 asked for when it began; absent: none was to be. */
  readonly probes?: readonly AskedProbe[];
  readonly giver: Signature | null;
  readonly takers: readonly Signature[];
  /** 接班人 who are expected, by the roster. */
  readonly expected: readonly string[];
  readonly state: 'open' | 'done' | 'stayed';
  /** 带班领导 by the roster who were told that nobody came, or not everybody; absent: nothing was to be told. */
  readonly told?: readonly string[];
  /** 继续值守: 值班员 who stayed; absent in those of before it was kept, and where nobody is known. */
  readonly stayers?: readonly string[];
}

/** One line of the room: its probe, or the refusal because of which there is none. */
export interface AskedProbe {
  readonly line: string;
  readonly probe: string | null;
  /** In Chinese; null: it was placed. */
  readonly refused: string | null;
}

export interface Signature {
  readonly person: string;
  readonly at: number;
  /** Of a 接班人: the version of 本班须知 that he has read; 0: none was written. */
  readonly notes?: number;
  /** Of a 接班人 who may not be on duty (`standing.ts`): what he was when he signed. Absent: 正式人员, or nobody had said. */
  readonly standing?: Standing;
}

/** What a 接班人 says he has read, and what there is to read: versions of 本班须知, 0 before the first. */
export interface NotesRead {
  readonly read: number | null;
  readonly latest: number;
}

export type HandOverRefusal =
  | 'giver-not-on-duty'
  | 'same-person'
  | 'giver-first'
  | 'already-signed'
  | 'before-giver'
  | 'notes-unread'
  | 'matters-undecided'
  | 'emergency-undecided'
  | 'over';

/** Everything open is preset to 移交; what was decided of one before stays decided, and what has come meanwhile is added. */
export function mattersFor(
  open: readonly OpenMatter[],
  before: readonly HandedMatter[] = [],
): readonly HandedMatter[] {
  const known = new Map(before.map((matter) => [keyOf(matter), matter]));
  return open.map((matter) => known.get(keyOf(matter)) ?? { ...matter, handed: true, reason: null });
}

function keyOf({ kind, id }: OpenMatter): string {
  return `${kind} ${id}`;
}

/** 交班人 signs: somebody of the shift that ends, and with a reason at every 不移交. */
export function signAsGiver(
  handOver: HandOver,
  person: string,
  onDuty: readonly string[],
  at: number,
): HandOver | HandOverRefusal {
  if (handOver.state !== 'open') return 'over';
  if (handOver.giver !== null) return 'already-signed';
  if (onDuty.length > 0 && !onDuty.includes(person)) return 'giver-not-on-duty';
  if (hasUndecidedEmergency(handOver)) return 'emergency-undecided';
  if (handOver.matters.some((matter) => !matter.handed && !matter.reason?.trim())) return 'matters-undecided';
  return { ...handOver, giver: { person, at } };
}

/**
 * 接班人 signs at the same seat, never before 交班人 and never the same person, and not without having read 本班须知 as it
 * stands; done when all who are expected have. Who may not be on duty is let in, and it is kept what he was (`standing`; null: nobody
 * has said): a room with nobody in it is worse.
 */
export function signAsTaker(
  handOver: HandOver,
  person: string,
  at: number,
  notes: NotesRead,
  standing: Standing | null = null,
): HandOver | HandOverRefusal {
  if (handOver.state !== 'open') return 'over';
  if (handOver.giver === null) return 'giver-first';
  // One that rang after 交班人 had signed is still of his shift.
  if (hasUndecidedEmergency(handOver)) return 'emergency-undecided';
  if (person === handOver.giver.person) return 'same-person';
  if (handOver.takers.some((taker) => taker.person === person)) return 'already-signed';
  if (at < handOver.giver.at) return 'before-giver';
  if (notes.read !== notes.latest) return 'notes-unread';
  const unfit = standing === null || standing === 'permanent' ? {} : { standing };
  const takers = [...handOver.takers, { person, at, notes: notes.read, ...unfit }];
  return { ...handOver, takers, state: missingOf({ ...handOver, takers }).length === 0 ? 'done' : 'open' };
}

/** Who is expected and has not signed. 交班人 is not waited for, though the roster may have him on both shifts: he takes nothing from himself. */
export function missingOf({
  expected,
  giver,
  takers,
}: Pick<HandOver, 'expected' | 'giver' | 'takers'>): readonly string[] {
  const signed = new Set([giver?.person, ...takers.map(({ person }) => person)]);
  return expected.filter((person) => !signed.has(person));
}

/** Somebody who was expected does not come: those who have signed take over, and the leader is told. */
export function closeWithoutMissing(handOver: HandOver): HandOver | HandOverRefusal {
  if (handOver.state !== 'open') return 'over';
  if (handOver.takers.length === 0) return 'giver-first';
  return hasUndecidedEmergency(handOver) ? 'emergency-undecided' : { ...handOver, state: 'done' };
}

/** 突发信息: 转突发事件 or 不需上报 is said by those who took the call, not by the next shift. */
function hasUndecidedEmergency({ matters }: HandOver): boolean {
  return matters.some(({ kind }) => kind === 'emergency-undecided');
}

/** 无人接班 → 继续值守: the shift goes on under those who are there; every matter stays theirs. */
export function stayOn(handOver: HandOver): HandOver | HandOverRefusal {
  return handOver.state === 'open' ? { ...handOver, state: 'stayed' } : 'over';
}

/**
 * What the next shift begins with: all that was handed over, and all that was open and is in no hand-over at all. What was
 * not handed over stays with the one who kept it, by name, until it is closed.
 */
export function inherited(handOver: HandOver, openNow: readonly OpenMatter[]): readonly OpenMatter[] {
  const kept = new Set(handOver.matters.filter((matter) => !matter.handed).map(keyOf));
  return openNow.filter((matter) => !kept.has(keyOf(matter)));
}
