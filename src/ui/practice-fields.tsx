/** 更多项目: items of practice beside those of 附件2, where the office wants them; writable after registration too. */
import type { ReactElement } from 'react';
import { type FieldName, PRACTICE_FIELDS, URGENCIES } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { ChoiceField } from './choice-field.tsx';
import { words } from './words.ts';

export function PracticeFields(props: {
  readonly record: RecordView;
  readonly closed: boolean;
  readonly line: (field: FieldName, kind: 'line' | 'grow') => ReactElement;
}): ReactElement {
  const { record, closed, line } = props;
  function choice(
    field: FieldName,
    none: string,
    choices: readonly (readonly [string, string])[],
  ): ReactElement {
    return (
      <ChoiceField
        key={`${record.id}/${field}`}
        record={record}
        field={field}
        label={words.field[field]}
        none={none}
        choices={choices}
        disabled={closed}
      />
    );
  }
  function shown(field: (typeof PRACTICE_FIELDS)[number]): ReactElement {
    switch (field) {
      case 'urgency':
        return choice(
          field,
          words.form.categoryNone,
          URGENCIES.map((urgency) => [urgency, words.urgency[urgency]]),
        );
      case 'readBack':
      case 'idVerified':
        return choice(field, words.done.no, [['yes', words.done.yes]]);
      case 'callerTitle':
        return line(field, 'line');
      case 'reportedTo':
      case 'note':
        return line(field, 'grow');
    }
  }
  return (
    <section className="practice" aria-label={words.form.practice}>
      {PRACTICE_FIELDS.map(shown)}
    </section>
  );
}
