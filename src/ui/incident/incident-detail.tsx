/** One incident: its clocks, what the telephone offers, what was reported and asked, and what to do next. */
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { nameOfWritten } from '../../duty/hand-written.ts';
import { LEVEL_NAMES } from '../../duty/incident-names.ts';
import type { IncidentPageView, IncidentView, OfferedCall } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import { Secrecy } from '../secrecy-panel.tsx';
import { ClockLine } from './clock-line.tsx';
import { IncidentForm } from './incident-form.tsx';
import { AnswerForm, InquiryForm } from './inquiry-form.tsx';
import { OfferedCalls } from './offered-calls.tsx';
import { ReasonLine } from './reason-line.tsx';
import { ReportForm } from './report-form.tsx';
import { ReportList } from './report-list.tsx';
import { incidentWords as say } from './words.ts';

/** What is being written; `view`: nothing. */
type Task =
  | { readonly kind: 'view' | 'correct' | 'inquiry' | 'close' | 'reopen' }
  | { readonly kind: 'report'; readonly call: OfferedCall | null }
  | { readonly kind: 'withdraw' | 'link'; readonly report: string }
  | { readonly kind: 'answer'; readonly inquiry: string; readonly asked: string };

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
    const field = pane.current?.querySelector<HTMLElement>('form input, form select');
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
        [say.actions.report, { kind: 'report', call: null }],
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
      {taskForm()}
      {view.shut !== null && view.record !== null && <p className="wrong">{say.shut}</p>}
      <p className="incident-facts">
        <Fact name={say.receivedAt}>{listMoment(view.receivedAt, now)}</Fact>
        <Fact name={say.occurredAt}>
          {view.occurredAt === null ? say.unknownTime : listMoment(view.occurredAt, now)}
        </Fact>
        <Fact name={say.level}>{LEVEL_NAMES[view.level]}</Fact>
        {view.record !== null && (
          <Fact name={say.record}>
            {view.record.call === null ? (
              (view.record.number ?? say.recordUnnumbered)
            ) : (
              <button
                type="button"
                className="text-button"
                onClick={() => props.onOpenCall(view.record?.call ?? '')}
              >
                {view.record.number ?? say.recordUnnumbered}
              </button>
            )}
          </Fact>
        )}
        {view.closedAt !== null && <Fact name={say.closed}>{listMoment(view.closedAt, now)}</Fact>}
      </p>
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
          onConfirm={(call) => setTask({ kind: 'report', call })}
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
      {view.inquiries.length > 0 && (
        <section aria-label={say.inquiry.list}>
          <h3>{say.inquiry.list}</h3>
          {view.inquiries.map(({ id, askedAt, from, text, answer, answeredAt, by }) => (
            <div key={id} className="incident-report">
              <p>
                <OutsideText text={say.inquiry.asked(listMoment(askedAt, now), from)} />
              </p>
              <p className="incident-text">
                <OutsideText text={text} />
              </p>
              {answeredAt === null ? (
                isWritable && (
                  <p className="incident-actions">
                    <Button
                      size="small"
                      onClick={() => setTask({ kind: 'answer', inquiry: id, asked: text })}
                    >
                      {say.inquiry.answer}
                    </Button>
                  </p>
                )
              ) : (
                <p>
                  <span className="note">
                    {say.inquiry.answered(listMoment(answeredAt, now), say.by(by))}
                  </span>{' '}
                  <OutsideText text={answer ?? ''} />
                </p>
              )}
            </div>
          ))}
        </section>
      )}
      <section aria-label={say.steps.title}>
        <h3>{say.steps.title}</h3>
        {view.steps.map(({ at, kind, by, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added, at the end.
          <p key={index} className="incident-step">
            <span className="note">{`${listMoment(at, now)} ${say.by(by)}`}</span> {stepName(kind)}
            {reason !== null && reason !== '' && (
              <>
                ：<OutsideText text={reason} />
              </>
            )}
          </p>
        ))}
      </section>
      {view.record === null && (
        <Secrecy
          of="text"
          items={[{ id: nameOfWritten({ kind: 'incident', id: view.id }), shut: view.shut, name: '' }]}
          onDone={props.onShut}
        />
      )}
    </article>
  );

  function taskForm(): ReactNode {
    switch (task.kind) {
      case 'view':
        return null;
      case 'report':
        return (
          <ReportForm
            key={task.call?.call ?? ''}
            incident={view}
            page={page}
            call={task.call}
            now={now}
            onSend={send}
            onCancel={done}
          />
        );
      case 'correct':
        return (
          <IncidentForm
            heading={say.form.correct}
            draft={{ ...view, title: view.title ?? '' }}
            now={now}
            onSave={(said) => send({ type: 'correct', ...said })}
            onCancel={done}
          />
        );
      case 'inquiry':
        return <InquiryForm superiors={page.superiors} now={now} onSend={send} onCancel={done} />;
      case 'answer':
        return (
          <AnswerForm inquiry={task.inquiry} asked={task.asked} now={now} onSend={send} onCancel={done} />
        );
      case 'link':
        return (
          <p className="incident-actions">
            {view.offers.map(({ call, answeredAt, unit, number }) => (
              <Button
                key={call}
                onClick={() => void send({ type: 'link-call', report: task.report, call }).then(setTrouble)}
              >
                {`${listMoment(answeredAt, now)} ${unit ?? number}`}
              </Button>
            ))}
            <Button onClick={done}>{say.form.cancel}</Button>
          </p>
        );
      case 'withdraw':
        return (
          <ReasonLine
            label={say.reason.withdraw}
            onReason={(reason) => send({ type: 'withdraw', report: task.report, reason })}
            onCancel={done}
          />
        );
      case 'close':
      case 'reopen':
        return (
          <ReasonLine
            label={say.reason[task.kind]}
            onReason={(reason) => send({ type: task.kind, reason })}
            onCancel={done}
          />
        );
    }
  }
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className="incident-fact">
      <span className="note">{name}</span> {children}
    </span>
  );
}

function stepName(kind: string): string {
  const names: Readonly<Record<string, string>> = say.steps;
  return names[kind] ?? kind;
}
