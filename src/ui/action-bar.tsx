/** The foot of the form: what can be done with it, and the panel of what is being done, over the foot, never a modal. */
import { Button } from 'antd';
import { type ReactElement, useMemo } from 'react';
import type { EntryKind } from '../records/entry.ts';
import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { AttachmentsPanel } from './attachments-panel.tsx';
import { CheckPanel } from './check-panel.tsx';
import { CorrectPanel } from './correct-panel.tsx';
import type { Command } from './desk-state.ts';
import { EntryPanel } from './entry-panel.tsx';
import { HandlePanel } from './handle-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Mark } from './icons.tsx';
import { NoRecordPanel } from './no-record-panel.tsx';
import { OtherRecordPanel } from './other-record-panel.tsx';
import { ReasonPanel } from './reason-panel.tsx';
import { timelineWords } from './timeline-words.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { words } from './words.ts';

export type FormPanel =
  | { readonly kind: 'check' }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'void' }
  | { readonly kind: 'handle' | 'link' | 'merge' | 'history' | 'attachments' }
  | { readonly kind: 'entry'; readonly what: EntryKind }
  | { readonly kind: 'strike'; readonly entry: string }
  | { readonly kind: 'correct'; readonly field: FieldName };

export function ActionBar(props: {
  readonly record: RecordView;
  readonly panel: FormPanel | null;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const { record, panel, onPanel } = props;
  const { store } = useDesk();
  const pending = useCommandsOf(record.id);
  const link = useDeskState((state) => state.link.state);
  return (
    <footer className="actions">
      {panel !== null && <Panel key={keyOf(panel)} record={record} panel={panel} onPanel={onPanel} />}
      <Buttons record={record} onPanel={onPanel} />
      <span className="action-say" aria-live="polite">
        {saying(record, pending, link === 'open')}
      </span>
      {pending.some((command) => command.refusal !== null) && (
        <Button
          size="small"
          onClick={() => {
            for (const { message } of pending)
              store.dispatch({ type: 'dismiss-command', opId: message.opId });
          }}
        >
          {words.bars.known}
        </Button>
      )}
    </footer>
  );
}

function keyOf(panel: FormPanel): string {
  return 'what' in panel ? panel.what : 'field' in panel ? panel.field : panel.kind;
}

function Panel(props: {
  readonly record: RecordView;
  readonly panel: FormPanel;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement | null {
  const { record, panel, onPanel } = props;
  const { store } = useDesk();
  const draft = record.state === 'draft';
  const close = (): void => onPanel(null);
  switch (panel.kind) {
    case 'check':
      return draft ? <CheckPanel record={record} onClose={close} /> : null;
    case 'no-record':
      return draft ? <NoRecordPanel records={[record.id]} onClose={close} /> : null;
    case 'void':
      return (
        <ReasonPanel
          title={words.form.void}
          ask={words.form.voidReason}
          confirm={words.form.confirmVoid}
          onReason={(reason) => store.command({ type: 'void', record: record.id, reason })}
          onClose={close}
        />
      );
    case 'correct':
      return <CorrectPanel record={record} field={panel.field} onClose={close} />;
    case 'handle':
      return <HandlePanel record={record} onPanel={onPanel} />;
    case 'entry':
      return <EntryPanel record={record} what={panel.what} onClose={close} />;
    case 'strike':
      return (
        <ReasonPanel
          title={timelineWords.strike}
          ask={timelineWords.strikeReason}
          confirm={timelineWords.confirmStrike}
          onReason={(reason) =>
            store.command({ type: 'withdraw-entry', record: record.id, entry: panel.entry, reason })
          }
          onClose={close}
        />
      );
    case 'link':
    case 'merge':
      return <OtherRecordPanel record={record} wish={panel.kind} onClose={close} />;
    case 'attachments':
      return <AttachmentsPanel record={record} asked={panel} onClose={close} />;
    case 'history':
      return <HistoryPanel record={record} onClose={close} />;
  }
}

/** 办理, with how many entries there are: a draft shows them there. */
function Handle(props: {
  readonly record: RecordView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const count = props.record.entries.filter(({ withdrawn }) => withdrawn === null).length;
  return (
    <Button onClick={() => props.onPanel({ kind: 'handle' })}>
      {timelineWords.handle}
      {count > 0 && ` ${count}`}
    </Button>
  );
}

/** What the role may do with a record in this state; who only reads it still sees what was changed in it. */
function Buttons(props: {
  readonly record: RecordView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const { record, onPanel } = props;
  const { store } = useDesk();
  const writes = useMay('write-record');
  const overrules = useMay('overrule-record');
  if (!writes)
    return <Button onClick={() => onPanel({ kind: 'history' })}>{timelineWords.choice.history}</Button>;
  const voiding = overrules && <Button onClick={() => onPanel({ kind: 'void' })}>{words.form.void}</Button>;
  if (record.state === 'draft')
    return (
      <>
        <Button id="form-register" type="primary" onClick={() => onPanel({ kind: 'check' })}>
          {words.form.register}
        </Button>
        <Button onClick={() => onPanel({ kind: 'no-record' })}>{words.form.noRecord}</Button>
        {voiding}
        <Handle record={record} onPanel={onPanel} />
      </>
    );
  if (record.state === 'no-record' || record.state === 'void')
    return (
      <>
        {overrules && (
          <Button onClick={() => store.command({ type: 'reopen', record: record.id })}>
            {record.number === null ? words.form.reopen : words.form.reopenNumbered}
          </Button>
        )}
        <Handle record={record} onPanel={onPanel} />
      </>
    );
  if (record.state === 'merged') return <Handle record={record} onPanel={onPanel} />;
  return (
    <>
      <Handle record={record} onPanel={onPanel} />
      <Button onClick={() => onPanel({ kind: 'correct', field: 'content' })}>{words.form.correct}</Button>
      {voiding}
    </>
  );
}

function saying(record: RecordView, pending: readonly Command[], online: boolean): ReactElement | string {
  const refused = pending.find((command) => command.refusal !== null)?.refusal;
  if (refused != null)
    return (
      <span className="wrong">
        <Mark name="triangle" />
        {refused.zh}
      </span>
    );
  if (pending.length > 0) return online ? words.form.submitting : words.form.offlineCommand;
  if (record.state === 'void') return words.form.voided(record.voidReason ?? '');
  if (record.noRecordReason !== null)
    return words.form.noRecordSaid(words.noRecordReason[record.noRecordReason]);
  if (record.state !== 'draft' && record.number !== null) return words.form.registeredAs(record.number);
  return '';
}

/** Commands about a record that wait for their answer, or were refused. */
function useCommandsOf(record: string): readonly Command[] {
  const commands = useDeskState((state) => state.commands);
  return useMemo(
    () => [...commands.values()].filter((command) => command.record === record),
    [commands, record],
  );
}
