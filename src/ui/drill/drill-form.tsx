/** The form of a drill: the items that are written during a talk, with the 要素条 of the category. */
import { type ReactElement, useState } from 'react';
import { CATEGORIES, NO_RECORD_REASONS } from '../../records/field.ts';
import { ElementsBar } from '../elements-bar.tsx';
import { useDesk } from '../use-desk.tsx';
import { words } from '../words.ts';
import type { DrillCall, DrillField } from './drill.ts';
import { drillWords as say } from './drill-words.ts';

export function DrillFormFields({ call }: { readonly call: DrillCall }): ReactElement {
  const { store, drills } = useDesk();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { form } = call;
  const id = call.script.id;
  const write = (field: DrillField) => (event: { readonly target: { readonly value: string } }) =>
    drills.tell({ type: 'write', call: id, field, text: event.target.value, at: store.now() });
  return (
    <div className="drill-form">
      <label htmlFor="drill-content">{say.content}</label>
      <div>
        <ElementsBar
          category={form.category}
          content={form.content}
          ticked={ticked}
          onTick={(name) =>
            setTicked(
              (before) =>
                new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]),
            )
          }
        />
        <textarea id="drill-content" value={form.content} onChange={write('content')} maxLength={5_000} />
      </div>
      <label htmlFor="drill-unit">{say.unit}</label>
      <input id="drill-unit" value={form.unit} onChange={write('unit')} maxLength={200} />
      <label htmlFor="drill-person">{say.person}</label>
      <input id="drill-person" value={form.person} onChange={write('person')} maxLength={200} />
      <label htmlFor="drill-category">{say.category}</label>
      <select id="drill-category" value={form.category} onChange={write('category')}>
        <option value="">{say.categoryNone}</option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {words.category[category]}
          </option>
        ))}
      </select>
      <label htmlFor="drill-no-record">{say.noRecord}</label>
      <select
        id="drill-no-record"
        value={form.noRecord ?? ''}
        onChange={({ target }) =>
          drills.tell({
            type: 'no-record',
            call: id,
            reason: target.value === '' ? null : target.value,
            at: store.now(),
          })
        }
      >
        <option value="">{say.noRecordNone}</option>
        {NO_RECORD_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {words.noRecordReason[reason]}
          </option>
        ))}
      </select>
    </div>
  );
}
