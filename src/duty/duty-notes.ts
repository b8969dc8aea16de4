/** 本班须知 of one room: what the office types. Who is on duty comes from the roster. */
import { FIRST_WALL, faultOfWall, type WallTexts, type WallTextsFault } from './wall-texts.ts';

/** 主要负责同志去向. */
export interface Whereabouts {
  readonly name: string;
  readonly title: string;
  readonly state: 'present' | 'away';
  /** Where he is, when away. */
  readonly place: string;
  /** Integer ms UTC; null: not said. */
  readonly from: number | null;
  readonly to: number | null;
  readonly contact: string;
  /** 主持工作的同志 meanwhile. */
  readonly acting: string;
}

/** A superior duty room and how it is reached. */
export interface SuperiorNumber {
  readonly name: string;
  readonly number: string;
}

export interface DutyNotes {
  /** 带班领导的电话 beyond what the roster has. */
  readonly leaderContact: string;
  readonly whereabouts: readonly Whereabouts[];
  readonly superiors: readonly SuperiorNumber[];
  /** 电话报告 within so many minutes. */
  readonly phoneMinutes: number;
  /** 书面报告 within so many minutes. */
  readonly writtenMinutes: number;
  /** 信息报送流程. */
  readonly reporting: string;
  /** 其他事项. */
  readonly other: string;
  /** 公示屏. */
  readonly wall: WallTexts;
}

/** Before anybody edited it. The two limits are those of the State Council's rules on reporting emergencies. */
export const FIRST_NOTES: DutyNotes = {
  leaderContact: '',
  whereabouts: [],
  superiors: [],
  phoneMinutes: 30,
  writtenMinutes: 60,
  reporting:
    '接报 → 记录并复述核对 → 报带班领导 → 按带班领导意见报主要负责同志 → 报上级值班室并通知有关部门 → 续报、终报。',
  other: '',
  wall: FIRST_WALL,
};

export interface DutyNotesFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const MOST_ROWS = 20;
const LONGEST_LINE = 100;
const LONGEST_TEXT = 1_000;
const LONGEST_MINUTES = 24 * 60;
/** Larger than any date people write; smaller than what a date can be. */
const LATEST = 4_102_444_800_000;

/**
 * Brings typed notes to the form they are kept in, or says why they cannot be kept: one page has to hold them. `superiors` are
 * numbers of superior offices beyond those that stand in the notes: no wall may show them.
 */
export function readDutyNotes(
  notes: DutyNotes,
  superiors: readonly string[] = [],
): { readonly ok: true; readonly notes: DutyNotes } | { readonly ok: false; readonly fault: DutyNotesFault } {
  const kept: DutyNotes = {
    leaderContact: line(notes.leaderContact),
    whereabouts: notes.whereabouts.map((one) => ({
      ...one,
      name: line(one.name),
      title: line(one.title),
      place: line(one.place),
      contact: line(one.contact),
      acting: line(one.acting),
    })),
    superiors: notes.superiors.map(({ name, number }) => ({ name: line(name), number: line(number) })),
    phoneMinutes: notes.phoneMinutes,
    writtenMinutes: notes.writtenMinutes,
    reporting: lines(notes.reporting),
    other: lines(notes.other),
    wall: {
      texts: notes.wall.texts.map(({ title, text }) => ({ title: line(title), text: lines(text) })),
      phones: notes.wall.phones,
    },
  };
  const short = [
    kept.leaderContact,
    ...kept.whereabouts.flatMap(({ name, title, place, contact, acting }) => [
      name,
      title,
      place,
      contact,
      acting,
    ]),
    ...kept.superiors.flatMap(({ name, number }) => [name, number]),
  ];
  const isTooMuch =
    kept.whereabouts.length > MOST_ROWS ||
    kept.superiors.length > MOST_ROWS ||
    short.some((text) => [...text].length > LONGEST_LINE) ||
    [kept.reporting, kept.other].some((text) => [...text].length > LONGEST_TEXT);
  if (isTooMuch) return { ok: false, fault: tooMuch };
  const minutes = [kept.phoneMinutes, kept.writtenMinutes];
  if (!minutes.every((count) => Number.isInteger(count) && count >= 1 && count <= LONGEST_MINUTES))
    return { ok: false, fault: badMinutes };
  if (kept.whereabouts.some(({ name }) => name === '') || kept.superiors.some(({ name }) => name === ''))
    return { ok: false, fault: nameless };
  if (!kept.whereabouts.every(isInOrder)) return { ok: false, fault: badSpan };
  const own = kept.superiors.map(({ number }) => number);
  const wall = faultOfWall(kept.wall, [...own, ...superiors]);
  if (wall !== null) return { ok: false, fault: wallFaults[wall] };
  return { ok: true, notes: kept };
}

export type WhereaboutsTrouble =
  | { readonly kind: 'missing' }
  | { readonly kind: 'expired' | 'no-contact' | 'no-acting'; readonly name: string };

/** What a person has to look after at a moment (integer ms UTC): nothing said, an absence that is over, a gap in it. */
export function whereaboutsTroubles(notes: DutyNotes, at: number): readonly WhereaboutsTrouble[] {
  if (notes.whereabouts.length === 0) return [{ kind: 'missing' }];
  return notes.whereabouts.flatMap((one): readonly WhereaboutsTrouble[] => {
    const { name } = one;
    if (one.state === 'present') return one.contact === '' ? [{ kind: 'no-contact', name }] : [];
    if (one.to !== null && one.to <= at) return [{ kind: 'expired', name }];
    return [
      ...(one.contact === '' ? ([{ kind: 'no-contact', name }] as const) : []),
      ...(one.acting === '' ? ([{ kind: 'no-acting', name }] as const) : []),
    ];
  });
}

function isInOrder({ from, to }: Whereabouts): boolean {
  const times = [from, to].filter((time) => time !== null);
  if (!times.every((time) => Number.isInteger(time) && time >= 0 && time < LATEST)) return false;
  return from === null || to === null || from < to;
}

function line(text: string): string {
  return text.toWellFormed().replace(/\s/gu, ' ').replace(INVISIBLE, '').trim();
}

function lines(text: string): string {
  return text.toWellFormed().split(/\r?\n/).map(line).join('\n').trim();
}

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

const tooMuch: DutyNotesFault = {
  code: 'duty-notes-too-long',
  zh: '本班须知要能印在一页上：每行最多 100 字，每段最多 1000 字，每表最多 20 行。',
  en: 'One page has to hold it: 100 characters a line, 1,000 a text, 20 rows a table.',
};
const badMinutes: DutyNotesFault = {
  code: 'duty-notes-minutes',
  zh: '时限请填写 1 至 1440 的整数分钟。',
  en: 'Give each limit as whole minutes from 1 to 1440.',
};
const nameless: DutyNotesFault = {
  code: 'duty-notes-nameless',
  zh: '主要负责同志和上级值班室都要写明姓名或名称。',
  en: 'Every row needs a name.',
};
const badSpan: DutyNotesFault = {
  code: 'duty-notes-span',
  zh: '外出的起止时间不对，止应晚于起。',
  en: 'The absence has to end after it begins.',
};
const wallFaults: Readonly<Record<WallTextsFault, DutyNotesFault>> = {
  'too-long': {
    code: 'duty-notes-wall-too-long',
    zh: '公示屏最多 12 页，标题最多 30 字，每页最多 1000 字。',
    en: 'At most 12 texts on the wall screen; titles of 30 characters, texts of 1,000.',
  },
  nameless: {
    code: 'duty-notes-wall-nameless',
    zh: '公示屏的每一页都要有标题和内容。',
    en: 'Every text of the wall screen needs a title and a text.',
  },
  'superior-number': {
    code: 'duty-notes-wall-superior',
    zh: '公示屏内容里有上级值班室电话，不能公开显示。请删去号码。',
    en: 'A text of the wall screen holds the number of a superior office, which must not be shown.',
  },
  mobile: {
    code: 'duty-notes-wall-mobile',
    zh: '公示屏内容里有手机号码。请删去，或选择显示在岗人员电话。',
    en: 'A text of the wall screen holds a mobile number; take it out or have telephones shown.',
  },
};
