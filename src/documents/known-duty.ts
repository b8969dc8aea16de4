/** What the system knows of A1 to A4, B3 and B4 of 检查记录表: roster, its report, hand-overs, 本班须知. */
import { whereaboutsTroubles } from '../duty/duty-notes.ts';
import type { KnownLine, KnownWay, RoomHistory } from '../duty/inspection-known.ts';
import { type HolidayReport, holidayReports } from '../duty/inspection-roster.ts';
import { type RosterTrouble, troublesOf } from '../duty/roster-check.ts';
import type { ReportWay } from '../duty/roster-report.ts';
import { type KnownSetting, known, MOST_WAYS, notKnown } from './known-line.ts';
import { momentText } from './wall-time.ts';

type Stretch = Pick<KnownSetting, 'from' | 'to'>;

const WAY_NAMES: Readonly<Record<ReportWay, string>> = {
  system: '系统上报',
  fax: '传真',
  document: '公文',
  telephone: '电话',
};

/** A1 是否按要求报送值班表. */
export function knownOfReporting(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { offset, now, timeZone, from, to } = setting;
  const roster: KnownWay = { text: '值班表', to: 'roster', room: history.room };
  const due = holidayReports(history.rules.holidays, history.reports, setting, now, timeZone);
  const others = history.reports.filter(
    (report) => from <= report.at && report.at < to && !due.some((one) => one.report?.id === report.id),
  );
  const said = [
    ...due.map((one) => known(holidayText(one), HOLIDAY_TONES[one.state], [roster])),
    ...others.map((one) => known(`另报送 ${one.from} 至 ${one.to}：${sent(one)}。`, 'plain', [roster])),
  ];
  return said.length > 0
    ? said
    : [notKnown('本时段没有到期的节假日值班表，也没有登记报送。系统外报送的请查报送件。', [roster])];

  function holidayText({
    holiday,
    dueBy,
    report,
    state,
  }: HolidayReport<(typeof history.reports)[number]>): string {
    const head = `${holiday.name}（${holiday.from} 至 ${holiday.to}）应在 ${momentText(dueBy - 1, offset).slice(0, 10)} 前报送`;
    if (report === null) return `${head}，${state === 'missing' ? '没有登记报送' : '尚未到期'}。`;
    return `${head}，${sent(report)}，${state === 'in-time' ? '按时' : '超过时限'}。`;
  }
  function sent({ at, reportedTo, way }: (typeof history.reports)[number]): string {
    return `${momentText(at, offset)} 报${reportedTo}（${WAY_NAMES[way]}）`;
  }
}

const HOLIDAY_TONES = { 'in-time': 'good', late: 'poor', missing: 'poor', coming: 'plain' } as const;

/** A2 是否落实24小时值班和领导在岗带班制度. */
export function knownOfCover(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const until = Math.min(setting.to, setting.now);
  const span = { room: history.room, from: setting.from, to: until };
  const roster: KnownWay = { text: '值班表', to: 'roster', room: history.room };
  if (until <= setting.from) return [notKnown('本时段尚未开始。', [roster])];
  const troubles = troublesOf(history.shifts, history.people, span);
  const gaps = (what: 'officers' | 'leaders') =>
    troubles.filter(
      (one): one is Extract<RosterTrouble, { kind: 'gap' }> => one.kind === 'gap' && one.what === what,
    );
  const unfit = new Set(
    troubles.flatMap((one) =>
      one.kind === 'not-permanent' && isIn(one.shift, history, setting) ? one.shift : [],
    ),
  );
  const unsaid = new Set(
    troubles.flatMap((one) =>
      one.kind === 'standing-unsaid' && isIn(one.shift, history, setting) ? one.person : [],
    ),
  );
  return [
    ...covered(gaps('officers'), '值班员'),
    ...covered(gaps('leaders'), '带班领导'),
    ...(unfit.size === 0 ? [] : [known(`${unfit.size} 个班次排有非正式人员。`, 'poor', [roster])]),
    ...(unsaid.size === 0
      ? []
      : [known(`${unsaid.size} 人没有登记身份，是否正式人员请核对。`, 'unknown', [roster])]),
    ...handedOver(history, setting),
    notKnown('人是否在岗，系统只有值班表和交接班签名为证，请现场核实。', []),
  ];

  function covered(open: readonly Stretch[], who: string): readonly KnownLine[] {
    const hours = Math.round((until - setting.from) / 360_000) / 10;
    if (open.length === 0) return [known(`${hours} 小时都排有${who}。`, 'good', [roster])];
    const shown = open
      .slice(0, MOST_WAYS)
      .map(({ from, to }) => `${momentText(from, setting.offset)} 至 ${momentText(to, setting.offset)}`);
    const more = open.length > shown.length ? `等 ${open.length} 段` : '';
    const missing = open.reduce((sum, { from, to }) => sum + to - from, 0);
    const share = Math.round(missing / 360_000) / 10;
    return [
      known(`${hours} 小时中有 ${share} 小时没有排${who}：${shown.join('；')}${more}。`, 'poor', [roster]),
    ];
  }
}

function isIn(shift: string, { shifts }: RoomHistory, { from, to }: Stretch): boolean {
  const found = shifts.find(({ id }) => id === shift);
  return found !== undefined && (found.from ?? from) < to && (found.to ?? to) > from;
}

function handedOver({ takenOver }: RoomHistory, { offset }: KnownSetting): readonly KnownLine[] {
  const way = ({ id, at }: (typeof takenOver)[number]): KnownWay => ({
    ...{ text: momentText(at, offset), to: 'hand-over', id },
  });
  if (takenOver.length === 0) return [notKnown('本时段没有在系统里办理交接班。', [])];
  const stayed = takenOver.filter(({ state }) => state === 'stayed');
  const short = takenOver.filter(({ state, missing }) => state === 'done' && missing > 0);
  const unfit = takenOver.filter((one) => one.unfit > 0);
  const count = (what: string, of: typeof takenOver) =>
    of.length === 0 ? [] : [known(`${what} ${of.length} 次。`, 'poor', of.slice(0, MOST_WAYS).map(way))];
  return [
    known(`在系统里办理交接班 ${takenOver.length} 次。`, 'plain', takenOver.slice(-1).map(way)),
    ...count('无人接班、继续值守', stayed),
    ...count('接班人没有到齐', short),
    ...count('由非正式人员接班', unfit),
  ];
}

/** A3 值班员是否清楚本单位主要负责同志去向及联系方式. */
export function knownOfWhereabouts(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { notes } = history;
  if (notes === null) return [notWritten(history)];
  const troubles = whereaboutsTroubles(notes.notes, Math.min(setting.to, setting.now));
  const count = (kind: (typeof troubles)[number]['kind']) =>
    troubles.filter((one) => one.kind === kind).length;
  const lacks = [
    ...(count('missing') > 0 ? ['没有写主要负责同志去向'] : []),
    ...(count('expired') > 0 ? [`${count('expired')} 位外出时间已过，没有更新`] : []),
    ...(count('no-contact') > 0 ? [`${count('no-contact')} 位没有写联系方式`] : []),
    ...(count('no-acting') > 0 ? [`${count('no-acting')} 位外出没有写主持工作的同志`] : []),
  ];
  const text = `本班须知写有 ${notes.notes.whereabouts.length} 位主要负责同志去向`;
  return [
    lacks.length === 0
      ? known(`${text}，均有联系方式。`, 'good', [toNotes(history)])
      : known(
          `${lacks.length === 1 && count('missing') > 0 ? '本班须知' : `${text}，`}${lacks.join('，')}。`,
          'poor',
          [toNotes(history)],
        ),
    ...confirmed(history, setting),
  ];
}

/** A4 值班员是否了解本单位值班工作安排. */
export function knownOfArrangement(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const ends = history.shifts.flatMap(({ to }) => to ?? []);
  const roster: KnownWay = { text: '值班表', to: 'roster', room: history.room };
  const last = ends.length === 0 ? null : Math.max(...ends);
  const standing = history.shifts.some(({ from, to }) => from === null || to === null);
  return [
    last !== null && last > setting.now
      ? known(`值班表已发布到 ${momentText(last, setting.offset)}，本班须知里有本班人员。`, 'plain', [roster])
      : known(
          standing ? '值班按长期安排，没有发布以后的班次。' : '没有发布以后的班次。',
          standing ? 'plain' : 'poor',
          [roster],
        ),
    ...confirmed(history, setting),
  ];
}

/** B3 是否掌握国务院及自治区政府总值班室电话号码. The numbers themselves stand on no paper of an inspection. */
export function knownOfSuperiors(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { notes } = history;
  if (notes === null) return [notWritten(history)];
  const listed = notes.notes.superiors;
  const numbered = listed.filter(({ number }) => number !== '').length;
  return [
    numbered > 0
      ? known(`本班须知列有 ${numbered} 个上级值班室电话。`, 'plain', [toNotes(history)])
      : known('本班须知没有列上级值班室电话。', 'poor', [toNotes(history)]),
    ...confirmed(history, setting),
  ];
}

/** B4 值班人员是否清楚信息报送流程. */
export function knownOfReportingRules(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { notes } = history;
  if (notes === null) return [notWritten(history)];
  const { reporting, phoneMinutes, writtenMinutes } = notes.notes;
  const limits = `电话报告 ${phoneMinutes} 分钟、书面报告 ${writtenMinutes} 分钟`;
  return [
    reporting === ''
      ? known(`本班须知写有时限（${limits}），没有写报送流程。`, 'poor', [toNotes(history)])
      : known(`本班须知写有报送流程和时限（${limits}）。`, 'plain', [toNotes(history)]),
    ...confirmed(history, setting),
  ];
}

function toNotes({ room }: RoomHistory): KnownWay {
  return { text: '本班须知', to: 'notes', room };
}

function notWritten(history: RoomHistory): KnownLine {
  return known('没有写过本班须知。', 'poor', [toNotes(history)]);
}

/** 接班时确认: who signed had the notes before him, and said which. What he remembers of them has to be asked. */
function confirmed({ takenOver, notes }: RoomHistory, { offset }: KnownSetting): readonly KnownLine[] {
  const asked = takenOver.filter(({ notesRead }) => notesRead.some(isVersion));
  const last = asked.at(-1);
  const ask = notKnown('是否记得清楚，请现场提问。', []);
  if (last === undefined) return [notKnown('没有接班时确认须知的记录。', []), ask];
  const read = last.notesRead.filter(isVersion);
  const fresh = read.every((version) => notes !== null && version >= notes.version);
  const way: KnownWay = { text: momentText(last.at, offset), to: 'hand-over', id: last.id };
  const text = `最近一次接班有 ${read.length} 人确认读过须知（第 ${Math.max(...read)} 版）`;
  return [
    known(
      `${text}${fresh ? '。' : `，其后须知已改到第 ${notes?.version ?? 0} 版。`}`,
      fresh ? 'good' : 'plain',
      [way],
    ),
    ask,
  ];
}

/** 0: there was nothing to read. */
function isVersion(version: number | null): version is number {
  return version !== null && version > 0;
}
