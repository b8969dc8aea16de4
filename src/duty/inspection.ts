/**
 * 值班工作检查: one 检查记录表 from its first word to both signatures, and what became of what was to be mended. Pure; times are
 * integer ms UTC, days `2026-11-27`.
 */
import { byItem, INSPECTION_ITEMS, type ItemCode } from './inspection-items.ts';
import { type InspectionFault, inspectionFaults } from './inspection-refusal.ts';
import { isDay } from './roster-rules.ts';

export const ITEM_VERDICTS = ['meets', 'fails', 'to-mend', 'not-applicable'] as const;
export type ItemVerdict = (typeof ITEM_VERDICTS)[number];

export const ITEM_VERDICT_NAMES: Readonly<Record<ItemVerdict, string>> = {
  meets: '符合',
  fails: '不符合',
  'to-mend': '待整改',
  'not-applicable': '不适用',
};

/** What an inspector says of one item. */
export interface ItemSaid {
  /** 检查情况, in his own words. */
  readonly situation: string;
  /** Null: not said yet. */
  readonly verdict: ItemVerdict | null;
  /** 整改期限; null: none was set. */
  readonly mendBy: string | null;
}

export interface ItemAnswer extends ItemSaid {
  /** Grows with each change: nobody overwrites what he has not seen. */
  readonly revision: number;
  /** Null: nothing is to be mended, or the table is not signed yet. */
  readonly mending: Mending | null;
}

export interface Mending {
  readonly state:
    | 'open'
    /** The office says that it is mended; nobody has looked. */
    | 'reported'
    | 'mended'
    /** A later inspection found it again: it goes on there. */
    | 'found-again';
  readonly text: string;
  readonly by: string | null;
  readonly at: number;
  /** The inspection that looked back at it. */
  readonly seenIn: string | null;
  /** What the office itself had said of it before an inspector looked; absent: nothing. */
  readonly told?: MendingTold;
}

export interface MendingTold {
  readonly text: string;
  readonly by: string | null;
  readonly at: number;
}

export interface Signed {
  readonly name: string;
  readonly at: number;
}

export interface Inspection {
  readonly id: string;
  readonly unit: string;
  readonly rooms: readonly string[];
  /** The stretch that is looked at, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** 检查时间. */
  readonly inspectedAt: number;
  /** 检查人, as they are written on the paper. */
  readonly inspectors: string;
  readonly answers: Readonly<Record<ItemCode, ItemAnswer>>;
  /** 检查人确认: from then on nothing of the ten items changes. */
  readonly inspector: Signed | null;
  /** 受检单位确认. */
  readonly inspected: Signed | null;
}

/** Of each item before anybody wrote into it. */
export const NOTHING_SAID: ItemAnswer = {
  situation: '',
  verdict: null,
  mendBy: null,
  revision: 0,
  mending: null,
};

const LONGEST_SITUATION = 1_000;
const LONGEST_NAME = 60;

/** The head of a new table as it is kept, or why there can be no such table. */
export function readInspectionHead<
  Head extends Pick<Inspection, 'rooms' | 'from' | 'to' | 'inspectedAt' | 'inspectors'>,
>(head: Head, now: number): Head | InspectionFault {
  const inspectors = plain(head.inspectors).replace(/\s+/g, ' ');
  if (inspectors === '' || [...inspectors].length > LONGEST_NAME) return inspectionFaults.noInspector;
  if (head.rooms.length === 0) return inspectionFaults.noRoom;
  if (head.from >= head.to || head.to - head.from > LONGEST_STRETCH_MS) return inspectionFaults.badStretch;
  // Clocks of two machines differ by seconds, not by minutes.
  if (head.inspectedAt > now + 60_000) return inspectionFaults.inFuture;
  return { ...head, inspectors, rooms: [...new Set(head.rooms)].toSorted() };
}

/** A year and a day. */
const LONGEST_STRETCH_MS = 367 * 86_400_000;

/** An inspector says something of an item that he saw at revision `base`. */
export function answerItem(
  inspection: Inspection,
  code: ItemCode,
  { base, ...said }: ItemSaid & { readonly base: number },
): Inspection | InspectionFault {
  const before = inspection.answers[code];
  if (inspection.inspector !== null) return inspectionFaults.signedAlready;
  if (before.revision !== base) return inspectionFaults.meanwhile;
  const situation = plain(said.situation);
  if ([...situation].length > LONGEST_SITUATION) return inspectionFaults.tooLong;
  if (said.mendBy !== null && !isDay(said.mendBy)) return inspectionFaults.badDay;
  const mendBy = needsMending(said) ? said.mendBy : null;
  return withAnswer(inspection, code, {
    ...before,
    situation,
    verdict: said.verdict,
    mendBy,
    revision: base + 1,
  });
}

/** 不符合 and 待整改 are mended; the first is what was found, the second what was agreed. */
export function needsMending({ verdict }: Pick<ItemSaid, 'verdict'>): boolean {
  return verdict === 'fails' || verdict === 'to-mend';
}

export interface Missing {
  readonly code: ItemCode;
  readonly what: 'verdict' | 'situation' | 'mend-by';
}

/** What still has to be said before an inspector can sign, item by item. */
export function missingIn({ answers }: Pick<Inspection, 'answers'>): readonly Missing[] {
  return INSPECTION_ITEMS.flatMap(({ code, isRequired }): readonly Missing[] => {
    const { verdict, situation, mendBy } = answers[code];
    if (verdict === null) return isRequired ? [{ code, what: 'verdict' }] : [];
    const isSilent = needsMending({ verdict }) && situation === '';
    const isEndless = verdict === 'to-mend' && mendBy === null;
    return [
      ...(isSilent ? [{ code, what: 'situation' } as const] : []),
      ...(isEndless ? [{ code, what: 'mend-by' } as const] : []),
    ];
  });
}

/** 检查人 signs: what is to be mended is open from then on. */
export function signAsInspector(inspection: Inspection, { name, at }: Signed): Inspection | InspectionFault {
  if (inspection.inspector !== null) return inspectionFaults.signedAlready;
  if (missingIn(inspection).length > 0) return inspectionFaults.notSaid;
  const answers = byItem((code): ItemAnswer => {
    const answer = inspection.answers[code];
    if (!needsMending(answer)) return answer;
    return { ...answer, mending: { state: 'open', text: '', by: name, at, seenIn: null } };
  });
  return { ...inspection, answers, inspector: { name, at } };
}

/** 受检单位 confirms that it has read the table. */
export function confirmAsInspected(
  inspection: Inspection,
  { name, at }: Signed,
): Inspection | InspectionFault {
  if (inspection.inspector === null) return inspectionFaults.notSigned;
  if (inspection.inspected !== null) return inspectionFaults.signedAlready;
  return { ...inspection, inspected: { name, at } };
}

/** The office says what was done (`reported`), or an inspector has seen that it is good (`mended`). */
export function mendItem(
  inspection: Inspection,
  code: ItemCode,
  how: 'reported' | 'mended',
  said: { readonly text: string; readonly name: string; readonly at: number },
): Inspection | InspectionFault {
  const answer = inspection.answers[code];
  if (answer.mending === null || !isOpen(answer.mending)) return inspectionFaults.nothingOpen;
  const text = plain(said.text);
  if (text === '' || [...text].length > LONGEST_SITUATION) return inspectionFaults.noMendingText;
  const told = how === 'mended' ? toldOf(answer.mending) : {};
  const mending: Mending = { state: how, text, by: said.name, at: said.at, seenIn: null, ...told };
  return withAnswer(inspection, code, { ...answer, mending });
}

/** The office's own words, for what follows on them. */
export function toldOf({ state, text, by, at }: Mending): Pick<Mending, 'told'> {
  return state === 'reported' ? { told: { text, by, at } } : {};
}

/** All that was said of a 整改: what stands, and what the office had said before an inspector looked. */
export function saidOfMending({ mending }: Pick<ItemAnswer, 'mending'>): readonly MendingTold[] {
  if (mending === null) return [];
  return mending.told === undefined ? [mending] : [mending, mending.told];
}

/** Not mended, whoever says so. */
export function isOpen({ state }: Mending): boolean {
  return state === 'open' || state === 'reported';
}

/** With another answer to one item. */
export function withAnswer(inspection: Inspection, code: ItemCode, answer: ItemAnswer): Inspection {
  return { ...inspection, answers: { ...inspection.answers, [code]: answer } };
}

/** Line ends and tabs stay; what nobody can see goes. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .trim();
}
