/** 报送值班表 of a holiday, from five days before until somebody has registered the report: for who may register it. */
import type { ReactElement } from 'react';
import type { RosterDueView } from '../web/protocol/room-view.ts';
import { Bar } from './bar.tsx';
import { day } from './format.ts';
import { frameWords } from './frame-words.ts';
import { useDeskState, useServerNow } from './use-desk.tsx';
import { useMay } from './use-may.ts';

const LOOK_MS = 60_000;
const NONE: readonly RosterDueView[] = [];

export function RosterDueBar({ onOpen }: { readonly onOpen: () => void }): ReactElement | null {
  const due = useDeskState((state) => state.room?.rosterDue ?? NONE);
  const now = useServerNow(LOOK_MS);
  const mayReport = useMay('edit-roster');
  const [first] = due.filter(({ dueAt, overAt }) => dueAt <= now && now < overAt);
  if (first === undefined || !mayReport) return null;
  return (
    <Bar tone="amber" action={[frameWords.bars.toRoster, onOpen]}>
      {saidDue(first, now)}
    </Bar>
  );
}

/** On the day it falls due, and on every day after. */
export function saidDue({ name, from, to, dueAt }: RosterDueView, now: number): string {
  const span = from === to ? from.slice(5) : `${from.slice(5)} 至 ${to.slice(5)}`;
  const { rosterToday, rosterLate } = frameWords.bars;
  return day(now) === day(dueAt) ? rosterToday(name, span) : rosterLate(name, span, day(dueAt).slice(5));
}
