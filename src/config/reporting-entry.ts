/** `rules.reporting` of `dutyline.yaml`: how soon an emergency is reported upward. */
import {
  LEVELS,
  LIMITS_OF_NOTICE,
  LIMITS_OF_TOWNSHIP,
  type Limit,
  type OfficeLimits,
  type ReportLimits,
} from '../duty/report-limits.ts';
import type { ServiceFile } from './service-schema.ts';

type Entry = NonNullable<NonNullable<ServiceFile['rules']>['reporting']>;

/** A profile, changed level by level; rooms of a 乡镇 have its own whatever the profile is. */
export function resolveReporting(entry: Entry | undefined): OfficeLimits {
  const from = entry?.from ?? 'received';
  const profile = entry?.profile === 'township' ? LIMITS_OF_TOWNSHIP : LIMITS_OF_NOTICE;
  const usual = { from, table: tableOf(profile, entry?.levels) };
  const township = { ...LIMITS_OF_TOWNSHIP, from };
  return { usual, rooms: (entry?.townshipRooms ?? []).map((room) => [room, township] as const) };
}

function tableOf(profile: ReportLimits, given: Entry['levels']): ReportLimits['table'] {
  const changed = { ...profile.table };
  for (const level of LEVELS) {
    const { telephone, written } = given?.[level] ?? {};
    changed[level] = {
      telephone: (telephone ?? profile.table[level].telephone) satisfies Limit,
      written: (written ?? profile.table[level].written) satisfies Limit,
    };
  }
  return changed;
}
