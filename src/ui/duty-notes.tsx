/** F1 本班须知: who is on duty, which numbers, which keys. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function DutyNotes(props: { readonly onClose: () => void }): ReactElement {
  const room = useDeskState((state) => state.room);
  const names = (people: readonly { readonly name: string }[] | undefined): string =>
    (people ?? []).map((person) => person.name).join('、') || words.top.unassigned;
  return (
    <aside className="notes" aria-label={words.notes.title}>
      <header>
        <h2>{words.notes.title}</h2>
        <Button size="small" autoFocus onClick={props.onClose}>
          {words.close}（Esc）
        </Button>
      </header>
      <h3>{words.notes.onDuty}</h3>
      <p>
        {words.top.leader} {names(room?.onDuty.leaders)}　{words.top.officer} {names(room?.onDuty.officers)}
      </p>
      <h3>{words.notes.lines}</h3>
      <p>{room?.lines.map((line) => line.number).join('、')}</p>
      <h3>{words.notes.keys}</h3>
      <dl>
        {words.notes.list.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{words.login.notice}</p>
    </aside>
  );
}
