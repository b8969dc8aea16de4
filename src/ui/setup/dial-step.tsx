/** Step 2: somebody dials in, what arrives is shown as it comes, and becomes a duty line by one form. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type {
  LinePart,
  ProofView,
  SetupView,
  TrialCallView,
  TrialView,
} from '../../web/protocol/setup-view.ts';
import { duration } from '../format.ts';
import { LineForm } from './line-form.tsx';
import { newLine } from './new-line.ts';
import { NextStep } from './next-step.tsx';
import { type Polled, sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { TrialCallCard } from './trial-call.tsx';

const say = setupWords.dial;

interface Editing {
  readonly put: LinePart;
  readonly was: LinePart | null;
}

export function DialStep(props: {
  readonly setup: SetupView;
  readonly trial: Polled<TrialView>;
  readonly proof: ProofView | null;
  readonly onSaved: () => void;
  readonly onNext: (() => void) | null;
}): ReactElement {
  const { setup, trial } = props;
  const [editing, setEditing] = useState<Editing | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const view = trial.value;
  const watched = view?.until != null;

  async function watch(on: boolean): Promise<void> {
    const answer = await sendSetup<TrialView>('/trial', { watch: on });
    setTrouble(answer.ok ? null : answer.zh);
    if (answer.ok) trial.set(answer.value);
  }
  function edit(line: LinePart): void {
    setSaved(null);
    setEditing({ put: line, was: line });
  }
  function set(call: TrialCallView): void {
    setSaved(null);
    setEditing({ put: newLine(call, setup), was: null });
  }

  return (
    <>
      <p>{say.explain}</p>
      <p className="note">{say.privacy}</p>
      <p className="panel-buttons">
        <Button type={watched ? 'default' : 'primary'} onClick={() => void watch(!watched)}>
          {watched ? say.stop : say.watch}
        </Button>
        <span role="timer">
          {watched && view !== null && view.until !== null && say.waiting(duration(view.until - view.at))}
        </span>
        <NextStep onNext={props.onNext} />
      </p>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {saved !== null && (
        <p className="bar-green setup-said" role="status">
          {saved}
        </p>
      )}
      {editing !== null && (
        <LineForm
          key={`${editing.put.id} ${editing.was === null}`}
          setup={setup}
          start={editing.put}
          was={editing.was}
          onCancel={() => setEditing(null)}
          onSaved={(line) => {
            setEditing(null);
            setSaved(setupWords.line.saved(line.number));
            props.onSaved();
          }}
        />
      )}
      {watched && view !== null && (
        <section className="setup-calls" aria-live="polite">
          <h3>{view.calls.length === 0 ? say.nothingYet : say.arrived(view.calls.length)}</h3>
          {view.calls.map((call) => (
            <TrialCallCard key={call.id} call={call} at={view.at} setup={setup} onSet={set} onEdit={edit} />
          ))}
        </section>
      )}
      <Lines {...props} onEdit={edit} />
    </>
  );
}

function Lines(props: {
  readonly setup: SetupView;
  readonly trial: Polled<TrialView>;
  readonly proof: ProofView | null;
  readonly onEdit: (line: LinePart) => void;
}): ReactElement {
  const { setup, proof, trial } = props;
  if (setup.lines.length === 0) return <p className="wrong">{say.none}</p>;
  const roomOf = (id: string) => setup.rooms.find((room) => room.id === id)?.name ?? id;
  const isReached = (id: string) =>
    trial.value?.calls.some((call) => call.line === id && call.rang.length > 0) === true ||
    proof?.lines.some((one) => one.line === id && one.call !== null) === true;
  return (
    <section>
      <h3>{say.lines}</h3>
      <ul className="card-rows">
        {setup.lines.map((line) => (
          <li key={line.id}>
            <b>{line.number}</b>
            <span>{roomOf(line.room)}</span>
            <span className="row-text">{line.phones.join('、')}</span>
            <span className={isReached(line.id) ? 'note' : 'setup-owed'}>
              {isReached(line.id) ? say.reachedNow : say.notReached}
            </span>
            <Button size="small" aria-label={`${say.edit} ${line.number}`} onClick={() => props.onEdit(line)}>
              {say.edit}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
