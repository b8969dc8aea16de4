/** 初报, 续报, 终报, 核报 of an incident on paper: who signed, to whom and how it went, what it says. One sheet for each report. */

import { CHANNEL_NAMES, LEVEL_NAMES, reportName } from '../duty/incident-names.ts';
import type { IncidentView, ReportView } from '../duty/incident-view.ts';
import type { Paper, PaperPart } from '../records/paper.ts';
import { dayText, printable } from '../records/paper-text.ts';

export interface ReportPaperSetting {
  /** Unit and room by name. */
  readonly unit: string;
  readonly room: string;
  readonly offset: (at: number) => number;
}

type ReportedIncident = Pick<
  IncidentView,
  'title' | 'level' | 'occurredAt' | 'receivedAt' | 'record' | 'reports'
>;

export function reportPaper(
  incident: ReportedIncident,
  report: ReportView,
  { unit, room, offset }: ReportPaperSetting,
): Paper {
  const moment = (at: number | null) => (at === null ? '不详' : momentText(at, offset));
  const title = printable(incident.title ?? '');
  return {
    form: 'seed',
    title: `${printable(unit)}突发事件信息报告（${reportName(report)}）`,
    mark: report.withdrawn ? '已撤回' : null,
    head: { room: printable(room), date: dayText(report.sentAt, offset) },
    number: null,
    column: null,
    parts: [
      items(['报送单位', report.to]),
      items(['签 发 人', report.signer], ['报送方式', CHANNEL_NAMES[report.channel]]),
      items(['事发时间', moment(incident.occurredAt)]),
      items(['接报时间', moment(incident.receivedAt)]),
      items(['报送时间', moment(report.sentAt)]),
      items(['事件等级', LEVEL_NAMES[incident.level]], ['接 收 人', report.receiver]),
      text('事件名称', title),
      text('报告内容', printable(report.text).trimEnd()),
      items(['填 报 人', report.by ?? '']),
      items(['电话记录单', incident.record?.number ?? '']),
      ...withdrawal(report, offset),
    ],
  };
}

function withdrawal({ withdrawal: taken }: ReportView, offset: (at: number) => number): readonly PaperPart[] {
  if (taken === null) return [];
  const said = `${momentText(taken.at, offset)} ${taken.by ?? ''}：${taken.reason}`;
  // A line and no text: what was taken back is struck, why it was is not.
  return [items(['撤回原因', said])];
}

function items(...pairs: readonly (readonly [label: string, value: string])[]): PaperPart {
  return {
    kind: 'items',
    items: pairs.map(([label, value]) => ({ label, value: printable(value).replace(/\s*\n\s*/g, ' ') })),
  };
}

function text(label: string, said: string): PaperPart {
  return { kind: 'text', label, paragraphs: said === '' ? [] : said.split('\n'), lines: 0 };
}

/** `2026年11月23日 03时07分`. */
function momentText(at: number, offset: (at: number) => number): string {
  const wall = new Date(at + offset(at)).toISOString();
  return `${dayText(at, offset)} ${wall.slice(11, 13)}时${wall.slice(14, 16)}分`;
}
