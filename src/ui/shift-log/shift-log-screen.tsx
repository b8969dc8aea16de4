/** 值班日志: the shifts of a room on the left, the log of one as 附件1 beside them; everything by the keyboard. */
import './shift-log.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { listMoment } from '../format.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { useDeskState } from '../use-desk.tsx';
import { LogTable } from './log-table.tsx';
import { ShiftList } from './shift-list.tsx';
import { useShiftLog } from './shift-log-api.ts';
import { shiftLogWords as say } from './words.ts';

export function ShiftLogScreen({ argument, onGo }: ScreenProps): ReactElement {
  const own = useDeskState((state) => state.room);
  const room = argument ?? own?.id ?? null;
  const [from, setFrom] = useState<number | null>(null);
  const desk = useShiftLog(room, from);
  const { list, log, shown } = desk;
  useEffect(() => {
    // The shift may turn while somebody reads or writes: it stays before him.
    if (shown !== null) setFrom(shown);
  }, [shown]);
  const shifts = useRef<HTMLDivElement>(null);
  useScreenKeys((action) => {
    const active = document.activeElement;
    if (action !== 'escape' || active?.closest('.shift-log-paper') == null) return false;
    shifts.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    return true;
  });
  return (
    <main className="screen shift-log" aria-label={say.title}>
      <header className="shift-log-head">
        <h1>{say.title}</h1>
        <span className="note">{list?.name}</span>
        {room === own?.id && <Button onClick={() => onGo('hand-over')}>{say.handOver}</Button>}
      </header>
      {desk.trouble !== null && (
        <p className="wrong" role="alert">
          {desk.trouble} <Button onClick={desk.reload}>{say.again}</Button>
        </p>
      )}
      {list?.broken != null && (
        <p className="shift-log-broken" role="alert">
          {say.broken(listMoment(list.broken, list.at))}
        </p>
      )}
      {list === null ? (
        desk.trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <div className="shift-log-panes">
          <div className="shift-log-shifts" ref={shifts}>
            <ShiftList list={list} shown={shown} onShow={setFrom} onEarlier={desk.earlier} />
          </div>
          <div className="shift-log-paper">
            {log !== null && log.room === room && log.shift.from === shown && (
              <LogTable key={`${log.room} ${log.shift.from}`} desk={desk} list={list} log={log} />
            )}
          </div>
        </div>
      )}
    </main>
  );
}
