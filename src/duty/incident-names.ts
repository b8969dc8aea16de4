/** Words of incidents and their reports, for page, paper and alert alike. Pure. */
import type { ReportKind } from './incident.ts';
import type { Clock } from './incident-clock.ts';
import type { Channel, Level } from './report-limits.ts';

export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  extreme: '特别重大',
  major: '重大',
  larger: '较大',
  general: '一般',
  unrated: '未定级',
};

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  telephone: '电话报告',
  written: '书面报告',
};

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 初报, 续报一, 续报二 …, 终报, 核报. */
export function reportName({ kind, turn }: { readonly kind: ReportKind; readonly turn: number }): string {
  switch (kind) {
    case 'first':
      return '初报';
    case 'further':
      return `续报${chinese(turn)}`;
    case 'final':
      return '终报';
    case 'verification':
      return '核报';
  }
}

export function clockName(what: Clock['what']): string {
  switch (what.kind) {
    case 'report':
      return CHANNEL_NAMES[what.channel];
    case 'further':
      return '续报';
    case 'inquiry':
      return '核实反馈';
  }
}

/** 1 … 99 as offices number their papers; beyond that in figures. */
function chinese(count: number): string {
  if (count < 1 || count > 99) return String(count);
  const tens = Math.floor(count / 10);
  const ones = DIGITS[count % 10] ?? '';
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${ones}`;
}
