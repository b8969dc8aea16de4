/** 本班须知 while somebody writes it. What another person saved meanwhile is refused by the service; the text stays here. */
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { DutyNotes, SuperiorNumber, Whereabouts } from '../../duty/duty-notes.ts';
import type { WallText } from '../../duty/wall.ts';
import { FormEnd } from '../form-end.tsx';
import { draftOf, type NotesDraft, notesOf } from './notes-draft.ts';
import { dutyNotesWords as say } from './words.ts';

type HeadDraft = NotesDraft['whereabouts'][number];

const NEW_HEAD: HeadDraft = {
  name: '',
  title: '',
  state: 'present',
  place: '',
  from: '',
  to: '',
  contact: '',
  acting: '',
};

export function DutyNotesForm(props: {
  readonly notes: DutyNotes;
  readonly onSave: (notes: DutyNotes) => Promise<string | null>;
  readonly onCancel: () => void;
}): ReactElement {
  const [draft, setDraft] = useState(() => draftOf(props.notes));
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const put = (part: Partial<NotesDraft>): void => setDraft({ ...draft, ...part });

  async function save(): Promise<void> {
    const read = notesOf(draft, Date.now());
    if (!read.ok) return setTrouble(say[read.why]);
    setBusy(true);
    const refused = await props.onSave(read.notes);
    setBusy(false);
    setTrouble(refused);
  }

  return (
    <form
      className="duty-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Line
        label={say.leaderContact}
        value={draft.leaderContact}
        onChange={(text) => put({ leaderContact: text })}
      />
      <Rows<HeadDraft>
        title={say.whereabouts}
        rows={draft.whereabouts}
        fresh={NEW_HEAD}
        onChange={(whereabouts) => put({ whereabouts })}
        row={(one, change) => <HeadRow one={one} change={change} />}
      />
      <Rows<SuperiorNumber>
        title={say.superiors}
        rows={draft.superiors}
        fresh={{ name: '', number: '' }}
        onChange={(superiors) => put({ superiors })}
        row={(one, change) => (
          <>
            <Line label={say.superiorName} value={one.name} onChange={(name) => change({ name })} />
            <Line label={say.superiorNumber} value={one.number} onChange={(number) => change({ number })} />
          </>
        )}
      />
      <fieldset>
        <legend>{say.reporting}</legend>
        <div className="duty-row">
          <Line
            label={`${say.phoneLimit}（${say.minutes}）`}
            value={draft.phoneMinutes}
            onChange={(phoneMinutes) => put({ phoneMinutes })}
          />
          <Line
            label={`${say.writtenLimit}（${say.minutes}）`}
            value={draft.writtenMinutes}
            onChange={(writtenMinutes) => put({ writtenMinutes })}
          />
        </div>
        <Area label={say.reporting} value={draft.reporting} onChange={(reporting) => put({ reporting })} />
        <Area label={say.other} value={draft.other} onChange={(other) => put({ other })} />
      </fieldset>
      <Rows<WallText>
        title={say.wall}
        note={say.wallHint}
        rows={draft.wall.texts}
        fresh={{ title: '', text: '' }}
        onChange={(texts) => put({ wall: { ...draft.wall, texts } })}
        row={(one, change) => (
          <>
            <Line label={say.wallTitle} value={one.title} onChange={(title) => change({ title })} />
            <Area label={say.wallText} value={one.text} onChange={(text) => change({ text })} />
          </>
        )}
      />
      <label className="duty-tick">
        <input
          type="checkbox"
          checked={draft.wall.phones}
          onChange={({ target }) => put({ wall: { ...draft.wall, phones: target.checked } })}
        />
        {say.wallPhones}
      </label>
      <FormEnd
        trouble={trouble}
        row="duty-actions"
        send={busy ? say.saving : say.save}
        busy={busy}
        cancel={say.cancel}
        onCancel={props.onCancel}
      />
    </form>
  );
}

function HeadRow(props: {
  readonly one: HeadDraft;
  readonly change: (part: Partial<HeadDraft>) => void;
}): ReactElement {
  const { one, change } = props;
  return (
    <>
      <Line label={say.name} value={one.name} onChange={(name) => change({ name })} />
      <Line label={say.titleOf} value={one.title} onChange={(title) => change({ title })} />
      <label className="duty-line">
        <span>{say.state}</span>
        <select
          value={one.state}
          onChange={({ target }) => change({ state: target.value === 'away' ? 'away' : 'present' })}
        >
          {(['present', 'away'] as const satisfies readonly Whereabouts['state'][]).map((state) => (
            <option key={state} value={state}>
              {say.states[state]}
            </option>
          ))}
        </select>
      </label>
      <Line label={say.contact} value={one.contact} onChange={(contact) => change({ contact })} />
      {one.state === 'away' && (
        <>
          <Line label={say.place} value={one.place} onChange={(place) => change({ place })} />
          <Line label={say.acting} value={one.acting} onChange={(acting) => change({ acting })} />
          <Line label={say.from} value={one.from} hint onChange={(from) => change({ from })} />
          <Line label={say.to} value={one.to} hint onChange={(to) => change({ to })} />
        </>
      )}
    </>
  );
}

function Rows<Row>(props: {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly Row[];
  readonly fresh: Row;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly row: (one: Row, change: (part: Partial<Row>) => void) => ReactNode;
}): ReactElement {
  const { rows, onChange } = props;
  return (
    <fieldset>
      <legend>{props.title}</legend>
      {props.note !== undefined && <p className="note">{props.note}</p>}
      {rows.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
        <div key={index} className="duty-row">
          {props.row(one, (part) =>
            onChange(rows.map((other, at) => (at === index ? { ...other, ...part } : other))),
          )}
          <Button size="small" onClick={() => onChange(rows.filter((_, at) => at !== index))}>
            {say.removeRow}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...rows, props.fresh])}>
        {say.addRow}
      </Button>
    </fieldset>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: boolean;
  readonly onChange: (text: string) => void;
}

function Line({ label, value, hint, onChange }: TextProps): ReactElement {
  return (
    <label className="duty-line">
      <span>{label}</span>
      <input
        value={value}
        autoComplete="off"
        placeholder={hint === true ? say.timeHint : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

function Area({ label, value, onChange }: TextProps): ReactElement {
  return (
    <label className="duty-line duty-area">
      <span>{label}</span>
      <textarea rows={3} value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
