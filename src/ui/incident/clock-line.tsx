/** One 时限: how much is left or over, until when, from either start; 知道了 where it alarms. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { type Clock, phaseOf } from '../../duty/incident-clock.ts';
import { clockName } from '../../duty/incident-names.ts';
import { listMoment } from '../format.ts';
import { incidentWords as say } from './words.ts';

const TONES: Readonly<Record<Clock['phase'], string>> = {
  running: 'soft-blue',
  near: 'soft-amber',
  urgent: 'soft-red',
  over: 'incident-over',
  kept: 'soft-green',
  late: 'soft-red',
};

/** `剩 12 分`, `超 4 分`, `按时`. */
export function ClockMark({ clock, now }: { readonly clock: Clock; readonly now: number }): ReactElement {
  const phase = phaseOf(clock, now);
  return (
    <span
      className={`incident-mark ${TONES[phase]}`}
    >{`${clockName(clock.what)} ${stands(clock, now)}`}</span>
  );
}

function stands({ dueAt, doneAt, what }: Clock, now: number): string {
  const phase = phaseOf({ dueAt, doneAt }, now);
  if (phase === 'kept') return say.clock.kept;
  if (phase === 'late') return say.clock.late;
  if (dueAt === null) return what.kind === 'inquiry' ? say.clock.noLimit : say.clock.atOnce;
  return phase === 'over'
    ? say.clock.over(Math.ceil((now - dueAt) / 60_000))
    : say.clock.left(Math.ceil((dueAt - now) / 60_000));
}

export function ClockLine(props: {
  readonly clock: Clock;
  readonly now: number;
  /** Both starts are shown, and which of them is which. */
  readonly from: 'occurred' | 'received';
  readonly mayWrite: boolean;
  readonly onHeard: () => void;
}): ReactElement {
  const { clock, now } = props;
  const { dueAt, doneAt, otherDueAt, alarming, what } = clock;
  const moment = (at: number) => listMoment(at, now);
  const other = props.from === 'received' ? say.clock.fromOccurred : say.clock.fromReceived;
  const done = what.kind === 'inquiry' ? say.clock.answered : say.clock.done;
  const said = [
    ...(dueAt === null ? [] : [say.clock.due(moment(dueAt))]),
    ...(doneAt === null ? [] : [done(moment(doneAt))]),
  ];
  return (
    <p className="incident-clock">
      <ClockMark clock={clock} now={now} />
      <span>
        {said.join('，')}
        {otherDueAt !== null && <span className="note"> {other(moment(otherDueAt))}</span>}
      </span>
      {alarming && props.mayWrite && (
        <Button size="small" aria-label={say.clock.acknowledgeWhole(clockName(what))} onClick={props.onHeard}>
          {say.clock.acknowledge}
        </Button>
      )}
    </p>
  );
}
