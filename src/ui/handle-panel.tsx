/** Alt+H 办理: everything that can be done with a record beside 登记, by click or digit; a draft's 办理经过 above it. */
import type { ReactElement } from 'react';
import { ENTRY_KINDS } from '../records/entry.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { FormPanel } from './action-bar.tsx';
import { DigitPanel } from './digit-panel.tsx';
import { type HandleChoice, handleChoices } from './timeline.ts';
import { Timeline } from './timeline.tsx';
import { timelineWords as say } from './timeline-words.ts';
import { useDesk } from './use-desk.tsx';

export function HandlePanel(props: {
  readonly record: RecordView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const { record, onPanel } = props;
  const { store } = useDesk();
  const choices = handleChoices(record);
  function choose(choice: HandleChoice): void {
    switch (choice) {
      case 'link':
      case 'merge':
      case 'history':
        onPanel({ kind: choice });
        return;
      case 'unlink':
        store.command({ type: 'link', record: record.id, to: null });
        onPanel(null);
        return;
      case 'archive':
      case 'unarchive':
        store.command({ type: 'archive', record: record.id, archived: choice === 'archive' });
        onPanel(null);
        return;
      default:
        onPanel({ kind: 'entry', what: choice });
    }
  }
  return (
    <DigitPanel
      title={say.handle}
      ask={say.which}
      choices={choices.map((choice) => ({ key: choice, word: saidChoice(choice) }))}
      onChoose={(key) => {
        const choice = choices.find((name) => name === key);
        if (choice !== undefined) choose(choice);
      }}
      onClose={() => onPanel(null)}
    >
      {record.state === 'draft' && record.entries.length > 0 && (
        <Timeline record={record} onPanel={onPanel} />
      )}
    </DigitPanel>
  );
}

function saidChoice(choice: HandleChoice): string {
  const kind = ENTRY_KINDS.find((name) => name === choice);
  return kind === undefined ? say.choice[choice as keyof typeof say.choice] : say.add[kind];
}
