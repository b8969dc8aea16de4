/**
 * 信息报告时限: how soon an emergency has to be reported upward. A table of level × channel, never constants: the notice says
 * 30 minutes by telephone and 1 hour in writing (附件3), other places tighten it, and a 乡镇 reports 第一时间 (三). Pure.
 */

/** 电话报告 and 书面报告. */
export const CHANNELS = ['telephone', 'written'] as const;
export type Channel = (typeof CHANNELS)[number];

/** 特别重大, 重大, 较大, 一般 (突发事件应对法 第三条), and 未定级: most are when they are first heard of. */
export const LEVELS = ['extreme', 'major', 'larger', 'general', 'unrated'] as const;
export type Level = (typeof LEVELS)[number];

/** Minutes; `at-once` is 第一时间: it runs, is never within a limit, and has none to be missed by. */
export type Limit = number | 'at-once';

export interface ReportLimits {
  /** From when they are counted: the notice does not say, so that both are shown and one decides. */
  readonly from: 'occurred' | 'received';
  readonly table: Readonly<Record<Level, Readonly<Record<Channel, Limit>>>>;
}

const NOTICE = { telephone: 30, written: 60 } as const;

/** 附件3: 是否在30分钟内电话报告、1小时内书面报告. */
export const LIMITS_OF_NOTICE: ReportLimits = {
  from: 'received',
  table: { extreme: NOTICE, major: NOTICE, larger: NOTICE, general: NOTICE, unrated: NOTICE },
};

const AT_ONCE = { telephone: 'at-once', written: 60 } as const;

/** 遇有紧急突发情况第一时间向上级人民政府报告 (三). */
export const LIMITS_OF_TOWNSHIP: ReportLimits = {
  from: 'received',
  table: { extreme: AT_ONCE, major: AT_ONCE, larger: AT_ONCE, general: AT_ONCE, unrated: AT_ONCE },
};

/** Of an installation: the usual limits, and of the rooms that have others (a 乡镇 beside its county). */
export interface OfficeLimits {
  readonly usual: ReportLimits;
  readonly rooms: readonly (readonly [room: string, limits: ReportLimits])[];
}

export const USUAL_LIMITS: OfficeLimits = { usual: LIMITS_OF_NOTICE, rooms: [] };

export function limitsOf({ usual, rooms }: OfficeLimits, room: string): ReportLimits {
  return rooms.find(([id]) => id === room)?.[1] ?? usual;
}

/** When a report is due, ms UTC; null for 第一时间. */
export function dueAt(startedAt: number, limit: Limit): number | null {
  return limit === 'at-once' ? null : startedAt + limit * 60_000;
}
