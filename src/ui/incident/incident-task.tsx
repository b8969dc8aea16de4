/** What is being written of an incident: one form at a time. */
import type { ReactElement } from 'react';
import type { IncidentPageView, IncidentView, OfferedCall } from '../../duty/incident-view.ts';
import { IncidentForm } from './incident-form.tsx';
import { AnswerForm, InquiryForm } from './inquiry-form.tsx';
import { LinkCall, talksFor } from './link-call.tsx';
import { ReasonLine } from './reason-line.tsx';
import { ReportForm } from './report-form.tsx';
import { incidentWords as say } from './words.ts';

/** What is being written; `view`: nothing. */
export type Task =
  | { readonly kind: 'view' | 'correct' | 'inquiry' | 'close' | 'reopen' }
  /** `inquiry`: what a 核报 of it answers; null: whatever comes next. */
  | { readonly kind: 'report'; readonly call: OfferedCall | null; readonly inquiry: string | null }
  | { readonly kind: 'withdraw' | 'link'; readonly report: string }
  | { readonly kind: 'answer'; readonly inquiry: string; readonly asked: string };

export function TaskForm(props: {
  readonly task: Task;
  readonly view: IncidentView;
  readonly page: IncidentPageView;
  readonly now: number;
  readonly onSend: (ask: object) => Promise<string | null>;
  readonly onLink: (report: string, call: string, confirmed: boolean) => void;
  readonly onDone: () => void;
}): ReactElement | null {
  const { task, view, page, now, onSend, onDone } = props;
  switch (task.kind) {
    case 'view':
      return null;
    case 'report':
      return (
        <ReportForm
          key={`${task.call?.call ?? ''} ${task.inquiry ?? ''}`}
          incident={view}
          page={page}
          call={task.call}
          inquiry={task.inquiry}
          now={now}
          onSend={onSend}
          onCancel={onDone}
        />
      );
    case 'correct':
      return (
        <IncidentForm
          heading={say.form.correct}
          draft={{ ...view, title: view.title ?? '' }}
          now={now}
          onSave={(said) => onSend({ type: 'correct', ...said })}
          onCancel={onDone}
        />
      );
    case 'inquiry':
      return <InquiryForm superiors={page.superiors} now={now} onSend={onSend} onCancel={onDone} />;
    case 'answer':
      return (
        <AnswerForm inquiry={task.inquiry} asked={task.asked} now={now} onSend={onSend} onCancel={onDone} />
      );
    case 'link':
      return (
        <LinkCall
          talks={talksFor(view, task.report)}
          now={now}
          onLink={(call, confirmed) => props.onLink(task.report, call, confirmed)}
          onCancel={onDone}
        />
      );
    case 'withdraw':
      return (
        <ReasonLine
          label={say.reason.withdraw}
          onReason={(reason) => onSend({ type: 'withdraw', report: task.report, reason })}
          onCancel={onDone}
        />
      );
    case 'close':
    case 'reopen':
      return (
        <ReasonLine
          label={say.reason[task.kind]}
          onReason={(reason) => onSend({ type: task.kind, reason })}
          onCancel={onDone}
        />
      );
  }
}
