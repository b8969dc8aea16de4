/** 来电一览 of 迎检: each call that came in with the seconds until its answer; 上级值班抽查 is known by its 类别 and its caller. */
import type { AnswerLimits } from '../duty/inspection-answering.ts';
import type { ReadyCall } from '../duty/readiness-view.ts';
import { STATE_NAMES } from '../records/names.ts';
import { type DayEntry, numberOf } from './day-list.ts';

/** The earliest first; what has not ended yet is not listed. */
export function readyCalls(entries: readonly DayEntry[], limits: AnswerLimits): readonly ReadyCall[] {
  return entries
    .flatMap((entry): readonly ReadyCall[] => {
      const { call, record } = entry;
      if (call === null || call.direction !== 'inbound' || call.line === null) return [];
      if (call.joinedTo !== null || call.phase !== 'ended') return [];
      const rangMs = between(call.ringingAt, call.answeredAt);
      const isShut = (call.shut ?? record?.shut ?? null) !== null;
      const field = (name: 'callerUnit' | 'callerName') => record?.fields[name].value ?? '';
      const unit = field('callerUnit') || (call.caller.unit ?? '');
      const person = field('callerName') || (call.caller.person ?? '');
      return [
        {
          ...{ id: call.id, at: call.startedAt, rangMs, speed: speedOf(call.answeredAt, rangMs, limits) },
          number: isShut ? '' : numberOf(entry),
          who: isShut ? '（已按涉密误录处置）' : [unit, person].filter((text) => text !== '').join(' '),
          talkMs: between(call.answeredAt, call.endedAt),
          record: record === null ? '' : (record.number ?? STATE_NAMES[record.state]),
          isCheck: call.caller.class === 'superior' && record?.fields.category.value === 'duty-check',
          hasSound:
            !isShut && call.recordings.some(({ part, state }) => part === 'talk' && state === 'attached'),
        },
      ];
    })
    .toSorted((one, other) => one.at - other.at);
}

function between(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, to - from);
}

function speedOf(
  answeredAt: number | null,
  rangMs: number | null,
  { goodMs, lateMs }: AnswerLimits,
): ReadyCall['speed'] {
  if (answeredAt === null) return 'missed';
  if (rangMs === null) return 'unseen';
  if (rangMs > lateMs) return 'late';
  return rangMs > goodMs ? 'near' : 'good';
}
