/** 移交事项: everything that is open in the room, preset to 移交; and 待办 that somebody writes himself. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import type { HandOverView, StandingHandOver } from '../../duty/hand-over-view.ts';
import { Secrecy } from '../secrecy-panel.tsx';
import { useOpId } from '../use-op-id.ts';
import type { HandOverDesk } from './hand-over-api.ts';
import { tasksIn } from './hand-written.ts';
import { forgetInput, useKeptInput } from './kept-input.ts';
import { MatterRow } from './matter-row.tsx';
import { keptBefore, keyOf, typedDue } from './saying.ts';
import { handOverWords as say } from './words.ts';

export function MattersPart(props: {
  readonly desk: HandOverDesk;
  readonly view: HandOverView;
  readonly stands: StandingHandOver;
  readonly now: number;
  readonly onOpenCall: (call: string) => void;
  /** 突发信息 of a record that nobody has decided. */
  readonly onIncident: (record: string) => void;
}): ReactElement {
  const { desk, view, now } = props;
  const { handOver } = props.stands;
  const before = keptBefore(view);
  const known = new Map(view.matters.map((matter) => [keyOf(matter), matter]));
  return (
    <section className="hand-over-part" aria-label={say.mattersTitle}>
      <h2>
        {say.mattersTitle} <span className="note">{say.count(handOver.matters.length)}</span>
      </h2>
      {handOver.matters.length === 0 && <p className="empty-say">{say.noMatters}</p>}
      <ul>
        {handOver.matters.map((matter) => (
          <MatterRow
            key={keyOf(matter)}
            desk={desk}
            handOver={handOver.id}
            matter={matter}
            known={known.get(keyOf(matter))}
            before={before.get(keyOf(matter))}
            now={now}
            mayDecide={view.mayHandOver && handOver.giver === null}
            mayClose={view.mayHandOver}
            onOpenCall={props.onOpenCall}
            onIncident={props.onIncident}
          />
        ))}
      </ul>
      {view.mayHandOver && <TaskForm desk={desk} now={now} />}
      <Secrecy of="text" items={tasksIn(view.matters, view.shut)} onDone={desk.reload} />
    </section>
  );
}

const TEXT = 'task text';
const DUE = 'task due';

function TaskForm({ desk, now }: { readonly desk: HandOverDesk; readonly now: number }): ReactElement {
  const [text, setText] = useKeptInput(TEXT, '');
  const [due, setDue] = useKeptInput(DUE, '');
  const opIds = useOpId();
  const [trouble, setTrouble] = useState<string | null>(null);
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const dueAt = due.trim() === '' ? null : typedDue(due, now);
    if (dueAt === null && due.trim() !== '') return setTrouble(say.badDue);
    const refused = await desk.send('/tasks', { id: opIds.of(JSON.stringify([text, due])), text, dueAt });
    setTrouble(refused);
    if (refused !== null) return;
    forgetInput(TEXT);
    forgetInput(DUE);
    opIds.written();
  }
  return (
    <form className="hand-over-task" onSubmit={(event) => void add(event)}>
      <input
        aria-label={say.taskText}
        placeholder={say.taskHint}
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <input
        className="hand-over-due"
        aria-label={say.taskDue}
        placeholder={say.taskDueHint}
        maxLength={20}
        value={due}
        onChange={({ target }) => setDue(target.value)}
      />
      <Button htmlType="submit" disabled={text.trim() === ''}>
        {say.taskAdd}
      </Button>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </form>
  );
}
