/** 电话记录单: the seed's words and order; what the telephone knows is filled in, what people say is typed. */
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import { CATEGORIES, type FieldName, FROZEN_AT_REGISTRATION } from '../records/field.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { ActionBar, type FormPanel } from './action-bar.tsx';
import { attachmentWords } from './attachment-words.ts';
import { ChoiceField } from './choice-field.tsx';
import { Corrections } from './corrections.tsx';
import { ElementsBar } from './elements-bar.tsx';
import { EmergencyBar } from './emergency-bar.tsx';
import { Field } from './field.tsx';
import { clockMinute } from './format.ts';
import { RecordPapers } from './paper-choices.tsx';
import { PracticeFields } from './practice-fields.tsx';
import { RecordTies } from './record-ties.tsx';
import { saidForgery } from './saying.ts';
import { Badge, RecordMark } from './state-mark.tsx';
import { TextLine } from './text-line.tsx';
import { Timeline } from './timeline.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';
import { useMay } from './use-may.ts';
import { useText } from './use-text.ts';
import { words } from './words.ts';

export function RecordForm(props: {
  readonly record: RecordView;
  readonly call: CallView | null;
  readonly panel: FormPanel | null;
  readonly onPanel: (panel: FormPanel | null) => void;
  readonly ticks: { readonly ticked: ReadonlySet<string>; readonly toggle: (name: string) => void };
  readonly head: ReactNode;
}): ReactElement {
  const { record, call, panel, onPanel } = props;
  const content = useText(record, 'content');
  const category = useText(record, 'category');
  const known = useKnown();
  const offered = useDeskState((state) => state.practiceFields);
  const [unfolded, setPractice] = useState(false);
  const practice = offered && unfolded;
  const label = record.direction === 'outbound' ? words.outboundField : words.field;
  const writes = useMay('write-record');
  const exports = useMay('export');
  const closed =
    !writes || record.state === 'no-record' || record.state === 'void' || record.state === 'merged';
  const draft = record.state === 'draft';
  const { uploads } = useDesk();
  const limits = useDeskState((state) => state.attachmentLimits);
  const dropped = useDroppedFiles((files) => {
    if (!closed) uploads.add(record.id, files, limits);
    onPanel({ kind: 'attachments' });
  });

  const attached = record.attachments.filter(({ removed }) => removed === null).length;

  function frozen(field: FieldName): boolean {
    return closed || (!draft && FROZEN_AT_REGISTRATION.includes(field));
  }
  function line(
    field: FieldName,
    kind: 'line' | 'grow' | 'area',
    suggestions?: readonly string[],
  ): ReactElement {
    if (frozen(field)) return fixed(field);
    return (
      <Field
        key={`${record.id}/${field}`}
        record={record}
        field={field}
        label={label[field]}
        kind={kind}
        trace={<Corrections record={record} field={field} />}
        {...(suggestions === undefined ? {} : { suggestions })}
      />
    );
  }
  function fixed(field: FieldName): ReactElement {
    const name = label[field];
    const change = { word: words.form.change, whole: words.form.changeField(name), onClick: null };
    const correct = {
      word: words.form.correct,
      whole: words.form.correctField(name),
      onClick: () => onPanel({ kind: 'correct', field }),
    };
    return (
      <TextLine
        key={`${record.id}/${field}`}
        record={record}
        field={field}
        label={label[field]}
        action={closed ? null : frozen(field) ? correct : change}
        trace={<Corrections record={record} field={field} />}
      />
    );
  }

  return (
    <section
      className={`form state-${record.state}${draft ? '' : ' form-frozen'}`}
      aria-label={words.form.title}
      {...(writes ? dropped.handlers : {})}
    >
      {dropped.hovering && <p className="drop-here">{attachmentWords.drop}</p>}
      <FormHead
        record={record}
        call={call}
        papers={exports}
        head={
          <>
            {props.head}
            <button type="button" className="text-button" onClick={() => onPanel({ kind: 'attachments' })}>
              {attachmentWords.counted(attached)}
            </button>
            {offered && (
              <button
                type="button"
                className="text-button"
                aria-expanded={practice}
                onClick={() => setPractice(!practice)}
              >
                {words.form.practice}
              </button>
            )}
          </>
        }
      />
      {/* In the order of a talk, which Tab follows: what is said, who says it. form.css puts it in the order of the paper. Another record begins at its top. */}
      <div className="form-grid" key={record.id}>
        {line('content', 'area')}
        {line('callerUnit', 'line', known.units)}
        {line('callerName', 'line', known.people)}
        {writes ? (
          <ChoiceField
            record={record}
            field="category"
            label={words.field.category}
            none={words.form.categoryNone}
            choices={CATEGORIES.map((category) => [category, words.category[category]])}
            disabled={closed}
          />
        ) : (
          fixed('category')
        )}
        {line('proposal', 'grow')}
        <div className="with-mark">
          {line('callerNumber', 'line')}
          {call?.tampered === true && <Badge tone="red" mark="triangle" word={saidForgery(call)} />}
        </div>
        {fixed('callTime')}
        {fixed('recorder')}
        {fixed('recorderPhone')}
        {writes && draft && (
          <ElementsBar
            category={category}
            content={content}
            ticked={props.ticks.ticked}
            onTick={props.ticks.toggle}
          />
        )}
        <EmergencyBar record={record} />
        {practice && <PracticeFields record={record} closed={closed} line={line} />}
        {/* Of a draft it stands in 办理, which only those have who write. */}
        {(!draft || !writes) && record.entries.length > 0 && <Timeline record={record} onPanel={onPanel} />}
      </div>
      <ActionBar record={record} panel={panel} onPanel={onPanel} />
    </section>
  );
}

function FormHead(props: {
  readonly record: RecordView;
  readonly call: CallView | null;
  /** Papers of it may be taken out. */
  readonly papers: boolean;
  readonly head: ReactNode;
}): ReactElement {
  const { record, call, head } = props;
  const from = call?.direction === 'inbound' ? call.caller.class : null;
  const holds = useDeskState((state) => state.holds);
  const people = [...holds.values()].filter((hold) => hold.record === record.id).map((hold) => hold.person);
  const room = useDeskState((state) => state.room);
  return (
    <header className="form-head">
      <RecordMark state={record.state} />
      <strong className="form-number">{record.number ?? room?.formTitle ?? words.form.title}</strong>
      {from !== null && <Badge tone={from === 'superior' ? 'blue' : 'grey'} word={words.callerClass[from]} />}
      {record.byHand && <Badge tone="grey" word={words.form.byHand} />}
      <RecordTies record={record} />
      {people.length > 0 && (
        <span className="form-people">{words.form.inIt([...new Set(people)].join('、'))}</span>
      )}
      <span className="form-tools">
        {head}
        {props.papers && <RecordPapers record={record} hasSheet />}
      </span>
    </header>
  );
}

/** Units and people that appeared today, to be offered again. */
function useKnown(): { readonly units: readonly string[]; readonly people: readonly string[] } {
  const { store } = useDesk();
  const records = useDeskState((state) => state.records);
  return useMemo(() => {
    const { calls } = store.read();
    const units = new Set<string>();
    const people = new Set<string>();
    for (const call of calls.values()) {
      if (call.caller.unit !== null) units.add(call.caller.unit);
      if (call.caller.person !== null) people.add(call.caller.person);
    }
    for (const view of records.values()) {
      if (view.fields.callerUnit.value !== '') units.add(view.fields.callerUnit.value);
      if (view.fields.callerName.value !== '') people.add(view.fields.callerName.value);
    }
    units.delete(words.notSaid);
    people.delete(words.notSaid);
    return { units: [...units], people: [...people] };
  }, [records, store]);
}

/** Inserts the time of this moment at the caret of 电话内容, on a line of its own, as if typed. */
export function jotMoment(now: number): void {
  const area = document.getElementById('field-content');
  if (!(area instanceof HTMLTextAreaElement) || area.readOnly) return;
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const lead = before === '' || before.endsWith('\n') ? '' : '\n';
  area.setRangeText(`${lead}${clockMinute(now)} `, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
