/** 无需记录 of one or several: one of six reasons, by click or digit. Call and sound stay, no number is taken. */
import type { ReactElement } from 'react';
import { NO_RECORD_REASONS } from '../records/field.ts';
import { bulkWords } from './bulk-words.ts';
import { DigitPanel } from './digit-panel.tsx';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function NoRecordPanel(props: {
  readonly records: readonly string[];
  readonly onDone?: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { store } = useDesk();
  return (
    <DigitPanel
      title={words.form.noRecord}
      ask={props.records.length > 1 ? bulkWords.which(props.records.length) : words.form.noRecordWhich}
      choices={NO_RECORD_REASONS.map((reason) => ({ key: reason, word: words.noRecordReason[reason] }))}
      onChoose={(key) => {
        const reason = NO_RECORD_REASONS.find((name) => name === key);
        props.onClose();
        if (reason === undefined) return;
        for (const record of props.records) store.command({ type: 'mark-no-record', record, reason });
        props.onDone?.();
      }}
      onClose={props.onClose}
    />
  );
}
