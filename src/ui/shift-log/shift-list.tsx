/** The shifts left to look at, the latest first: arrows move, and what has the focus is shown. */
import { Button } from 'antd';
import type { KeyboardEvent, ReactElement } from 'react';
import type { ShiftLogList, ShiftLogShift } from '../../duty/shift-log-view.ts';
import { listMoment, typedForm } from '../format.ts';
import { movedFocus } from '../moved-focus.ts';
import { shiftLogWords as say } from './words.ts';

const SOFT: Readonly<Record<ShiftLogShift['state'], string>> = {
  running: 'soft-blue',
  over: 'soft-amber',
  sealed: 'soft-green',
  reopened: 'soft-red',
};

/** `11-22 21:10`: the day of both ends, also where one of them is today. */
function shortMoment(at: number): string {
  return typedForm(at).slice(5);
}

export function ShiftList(props: {
  readonly list: ShiftLogList;
  readonly shown: number | null;
  readonly onShow: (from: number) => void;
  readonly onEarlier: () => void;
}): ReactElement {
  const { list, shown } = props;
  function onKeyDown(event: KeyboardEvent): void {
    movedFocus(event, '.shift-log-shift');
  }
  return (
    <nav aria-label={say.shifts} onKeyDown={onKeyDown}>
      {list.shifts.length === 0 && <p className="empty-say">{say.none}</p>}
      {list.shifts.map((shift) => (
        <button
          key={shift.from}
          type="button"
          className={shift.from === shown ? 'shift-log-shift shift-log-shown' : 'shift-log-shift'}
          tabIndex={shift.from === shown ? 0 : -1}
          aria-current={shift.from === shown}
          aria-keyshortcuts="ArrowUp ArrowDown"
          onFocus={() => props.onShow(shift.from)}
          onClick={() => props.onShow(shift.from)}
        >
          <span>
            {shift.to === null
              ? `${listMoment(shift.from, list.at)} ${say.to} ${say.now}`
              : `${shortMoment(shift.from)} ${say.to} ${shortMoment(shift.to)}`}
          </span>
          <span className={`badge ${SOFT[shift.state]}`}>{say.states[shift.state]}</span>
          <span className="note">{[...shift.names, ...shift.officers].join(' ')}</span>
        </button>
      ))}
      {list.before !== null && <Button onClick={props.onEarlier}>{say.earlier}</Button>}
    </nav>
  );
}
