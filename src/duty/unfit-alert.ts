/**
 * Somebody took over who may not be on duty (《通知》二（四）). He is let in, because a room with nobody in it is worse; the leader is told,
 * the log says so, and 检查记录表 counts it. Pure.
 */
import type { Signature } from './hand-over.ts';
import { STANDING_WORDS } from './standing.ts';

export interface UnfitAlert {
  readonly kind: 'hand-over-not-permanent';
  readonly zh: string;
  readonly en: string;
}

type NameOf = (person: string) => string;

/** Null: all who took over may be on duty, or nobody has said of them. */
export function unfitAlert(
  takers: readonly Signature[],
  said: { readonly room: string; readonly leaders: readonly string[]; readonly nameOf: NameOf },
): UnfitAlert | null {
  const who = unfitTakers(takers, said.nameOf);
  if (who === null) return null;
  const leader = said.leaders.length === 0 ? '带班领导' : `带班领导${said.leaders.join('、')}`;
  return {
    kind: 'hand-over-not-permanent',
    zh: `${said.room}接班人${who}。值班工作由正式人员承担（《通知》二（四）），请${leader}安排正式人员到岗。`,
    en: `Somebody who is not permanent staff took over the shift of ${said.room}. The leader on duty is asked to see to it.`,
  };
}

/** The line of 值班日志; null as above. */
export function unfitLine(takers: readonly Signature[], nameOf: NameOf): string | null {
  const who = unfitTakers(takers, nameOf);
  return who === null
    ? null
    : `接班人${who}。值班工作由正式人员承担（《通知》二（四）），已告警通知带班领导。`;
}

function unfitTakers(takers: readonly Signature[], nameOf: NameOf): string | null {
  const unfit = takers.flatMap(({ person, standing }) =>
    standing === undefined ? [] : [`${nameOf(person)}为${STANDING_WORDS[standing]}人员`],
  );
  return unfit.length === 0 ? null : unfit.join('、');
}
