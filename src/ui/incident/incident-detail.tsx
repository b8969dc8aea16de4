/** One incident: its clocks, what the telephone offers, what was reported and asked, and what to do next. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { nameOfWritten } from '../../duty/hand-written.ts';
import type { IncidentPageView, IncidentView } from '../../duty/incident-view.ts';
import { OutsideText } from '../outside-text.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import { Secrecy } from '../secrecy-panel.tsx';
import { ClockLine } from './clock-line.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentSteps } from './incident-steps.tsx';
import { type Task, TaskForm } from './incident-task.tsx';
import { InquiryList } from './inquiry-list.tsx';
import { OfferedCalls } from './offered-calls.tsx';
import { ReportList } from './report-list.tsx';
import { incidentWords as say } from './words.ts';

const VIEW: Task = { kind: 'view' };

export function IncidentDetail(props: {
  readonly view: IncidentView;
  readonly page: IncidentPageView;
  readonly now: number;
  readonly mayHear: boolean;
  readonly onSend: (ask: object) => Promise<string | null>;
  readonly onListen: (call: string) => void;
  readonly onOpenCall: (call: string) => void;
  /** It was shut away, opened again or destroyed. */
  readonly onShut: () => void;
  /** Back to the list. */
  readonly onLeave: () => void;
}): ReactElement {
  const { view, page, now } = props;
  const [task, setTask] = useState<Task>(VIEW);
  const [trouble, setTrouble] = useState<string | null>(null);
  const pane = useRef<HTMLElement>(null);
  const done = () => setTask(VIEW);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task, another form.
  useEffect(() => {
    // What was opened by a key goes on by keys.
    const field = pane.current?.querySelector<HTMLElement>(
      'form input, form select, .incident-talk-list button',
    );
    (field ?? pane.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [task]);

  async function send(ask: object): Promise<string | null> {
    const refused = await props.onSend(ask);
    if (refused === null) done();
    return refused;
  }
  const sendNow = (ask: object): void => void props.onSend(ask).then(setTrouble);

  const isWritable = view.mayWrite && view.shut === null;
  const ending: readonly [word: string, task: Task] =
    view.closedAt === null
      ? [say.actions.close, { kind: 'close' }]
      : [say.actions.reopen, { kind: 'reopen' }];
  const actions: readonly (readonly [word: string, task: Task])[] = !isWritable
    ? // Of what is shut away somebody may still say that it is over.
      view.mayWrite && view.closedAt === null
      ? [ending]
      : []
    : [
        [say.actions.report, { kind: 'report', call: null, inquiry: null }],
        [say.actions.inquiry, { kind: 'inquiry' }],
        [say.actions.correct, { kind: 'correct' }],
        ending,
      ];
  useScreenKeys((action) => {
    if (action === 'escape') {
      if (task.kind === 'view') props.onLeave();
      else done();
      return true;
    }
    if (typeof action !== 'object') return false;
    const wanted = actions[action.element - 1];
    if (wanted !== undefined) setTask(wanted[1]);
    return wanted !== undefined;
  });

  const spoke = view.reports.some(({ channel, withdrawn }) => channel === 'telephone' && !withdrawn);
  return (
    <article className="incident-detail" ref={pane}>
      <header className="incident-detail-head">
        <h2>
          <OutsideText text={view.title ?? say.noTitle} />
        </h2>
        <span className="incident-actions">
          {actions.map(([word, next], index) => (
            <Button
              key={word}
              type={index === 0 ? 'primary' : 'default'}
              title={`Alt+${index + 1}`}
              aria-keyshortcuts={`Alt+${index + 1}`}
              onClick={() => setTask(next)}
            >
              {word}
            </Button>
          ))}
          <Button onClick={props.onLeave}>{say.actions.back}</Button>
        </span>
      </header>
      <TaskForm
        task={task}
        view={view}
        page={page}
        now={now}
        onSend={send}
        onLink={(report, call, confirmed) =>
          void send({ type: 'link-call', report, call, confirmed }).then(setTrouble)
        }
        onDone={done}
      />
      {view.shut !== null && view.record !== null && <p className="wrong">{say.shut}</p>}
      <IncidentFacts view={view} now={now} onOpenCall={props.onOpenCall} />
      <section className="incident-clocks" aria-label={say.title}>
        {view.clocks.map((clock) => (
          <ClockLine
            key={clock.id}
            clock={clock}
            now={now}
            from={page.limits.from}
            mayWrite={view.mayWrite}
            onHeard={() => sendNow({ type: 'acknowledge', clock: clock.id })}
          />
        ))}
      </section>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {task.kind === 'view' && !spoke && !view.closedByHand && (
        <OfferedCalls
          offers={view.offers}
          now={now}
          mayWrite={isWritable}
          mayHear={props.mayHear}
          onConfirm={(call) => setTask({ kind: 'report', call, inquiry: null })}
          onListen={props.onListen}
        />
      )}
      {view.text !== '' && (
        <p className="incident-text">
          <OutsideText text={view.text} />
        </p>
      )}
      <ReportList
        incident={view}
        now={now}
        mayHear={props.mayHear}
        onWithdraw={(report) => setTask({ kind: 'withdraw', report })}
        onLink={(report) => setTask({ kind: 'link', report })}
        onListen={props.onListen}
      />
      <InquiryList
        incident={view}
        now={now}
        mayHear={props.mayHear}
        onAnswer={(inquiry, asked) => setTask({ kind: 'answer', inquiry, asked })}
        onVerify={(inquiry) => setTask({ kind: 'report', call: null, inquiry })}
        onListen={props.onListen}
      />
      <IncidentSteps steps={view.steps} now={now} />
      {view.record === null && (
        <Secrecy
          of="text"
          items={[{ id: nameOfWritten({ kind: 'incident', id: view.id }), shut: view.shut, name: '' }]}
          onDone={props.onShut}
        />
      )}
    </article>
  );
}
