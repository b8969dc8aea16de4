/** The foot of the form: what can be done with it, and the panel of what is being done, over the foot, never a modal. */
import { Button } from 'antd';
import { type ReactElement, useMemo } from 'react';
import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { CheckPanel } from './check-panel.tsx';
import { CorrectPanel } from './correct-panel.tsx';
import type { Command } from './desk-state.ts';
import { Mark } from './icons.tsx';
import { NoRecordPanel } from './no-record-panel.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { VoidPanel } from './void-panel.tsx';
import { words } from './words.ts';

export type FormPanel =
  | { readonly kind: 'check' }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'void' }
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
  const close = (): void => onPanel(null);
  return (
    <footer className="actions">
      {panel?.kind === 'check' && record.state === 'draft' && <CheckPanel record={record} onClose={close} />}
      {panel?.kind === 'no-record' && record.state === 'draft' && (
        <NoRecordPanel record={record} onClose={close} />
      )}
      {panel?.kind === 'void' && <VoidPanel record={record} onClose={close} />}
      {panel?.kind === 'correct' && (
        <CorrectPanel key={panel.field} record={record} field={panel.field} onClose={close} />
      )}
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

function Buttons(props: {
  readonly record: RecordView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement | null {
  const { record, onPanel } = props;
  const { store } = useDesk();
  if (record.state === 'draft')
    return (
      <>
        <Button id="form-register" type="primary" onClick={() => onPanel({ kind: 'check' })}>
          {words.form.register}
        </Button>
        <Button onClick={() => onPanel({ kind: 'no-record' })}>{words.form.noRecord}</Button>
        <Button onClick={() => onPanel({ kind: 'void' })}>{words.form.void}</Button>
      </>
    );
  if (record.state === 'no-record' || record.state === 'void')
    return (
      <Button onClick={() => store.command({ type: 'reopen', record: record.id })}>
        {record.number === null ? words.form.reopen : words.form.reopenNumbered}
      </Button>
    );
  if (record.state === 'merged') return null;
  return (
    <>
      <Button onClick={() => onPanel({ kind: 'correct', field: 'content' })}>{words.form.correct}</Button>
      <Button onClick={() => onPanel({ kind: 'void' })}>{words.form.void}</Button>
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
