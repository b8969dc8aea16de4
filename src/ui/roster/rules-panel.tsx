/** Which shifts a day has, which roles, which holidays are coming, and whom the roster is reported to. */
import { type ReactElement, type ReactNode, useState } from 'react';
import type { DutyRole, PostKind } from '../../duty/roster-rules.ts';
import type { RosterView } from '../../duty/roster-view.ts';
import { holesOf } from '../../duty/shift-pattern.ts';
import { FormEnd } from '../form-end.tsx';
import type { RosterState } from './roster-api.ts';
import { type RulesDraft, rulesDraft, rulesOfDraft } from './rules-draft.ts';
import { overTheirs, type RulesEdit, saveRules } from './save-rules.ts';
import { rosterWords as say } from './words.ts';

const KINDS: readonly PostKind[] = ['leader', 'officer', 'standby'];

export function RulesPanel(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly onDone: () => void;
}): ReactElement {
  const { desk, view } = props;
  const [edit, setEdit] = useState<RulesEdit>(() => {
    const seen = rulesDraft(view.rules);
    return { draft: seen, seen, base: view.rulesVersion };
  });
  const { draft } = edit;
  const setDraft = (next: RulesDraft) => setEdit((now) => ({ ...now, draft: next }));
  const [trouble, setTrouble] = useState<string | null>(null);
  const rules = rulesOfDraft(draft);
  const holes = rules === null ? null : holesOf({ room: view.room, parts: rules.parts });

  async function save(): Promise<void> {
    const refused = await saveRules(desk, view, edit);
    if (refused === null) return props.onDone();
    setTrouble(refused.said);
    // What was typed while it was sent stays.
    setEdit((now) => ({ ...refused.next, draft: overTheirs(now, refused.next.seen) }));
  }
  return (
    <form
      className="roster-panel-body roster-form"
      aria-label={say.rulesTitle}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{say.rulesTitle}</h2>
      <Rows
        title={say.parts}
        rows={draft.parts}
        fresh={{ name: '', from: '', to: '' }}
        onChange={(parts) => setDraft({ ...draft, parts })}
        line={(part, put) => (
          <>
            <Line label={say.name} value={part.name} onChange={(name) => put({ ...part, name })} />
            <Line
              label={say.from}
              value={part.from}
              hint="08:00"
              onChange={(from) => put({ ...part, from })}
            />
            <Line label={say.to} value={part.to} hint="20:00" onChange={(to) => put({ ...part, to })} />
          </>
        )}
      />
      {holes !== null && holes.uncovered > 0 && (
        <p className="roster-warning">{say.holes(hours(holes.uncovered))}</p>
      )}
      {holes !== null && holes.doubled > 0 && <p className="note">{say.doubled(hours(holes.doubled))}</p>}
      <Rows
        title={say.roles}
        rows={draft.roles}
        fresh={{ name: '', kind: 'officer' } as DutyRole}
        onChange={(roles) => setDraft({ ...draft, roles })}
        line={(role, put) => (
          <>
            <Line label={say.name} value={role.name} onChange={(name) => put({ ...role, name })} />
            <select
              aria-label={say.kind}
              value={role.kind}
              onChange={({ target }) =>
                put({ ...role, kind: KINDS.find((kind) => kind === target.value) ?? role.kind })
              }
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {say.kinds[kind]}
                </option>
              ))}
            </select>
          </>
        )}
      />
      <Rows
        title={say.holidays}
        rows={draft.holidays}
        fresh={{ name: '', from: '', to: '' }}
        onChange={(holidays) => setDraft({ ...draft, holidays })}
        line={(one, put) => (
          <>
            <Line label={say.name} value={one.name} onChange={(name) => put({ ...one, name })} />
            <Line
              label={say.from}
              value={one.from}
              hint="2026-10-01"
              onChange={(from) => put({ ...one, from })}
            />
            <Line label={say.to} value={one.to} hint="2026-10-07" onChange={(to) => put({ ...one, to })} />
          </>
        )}
      />
      <label>
        <span>{say.reportTo}</span>
        <input
          value={draft.reportTo}
          onChange={({ target }) => setDraft({ ...draft, reportTo: target.value })}
        />
      </label>
      <FormEnd
        trouble={trouble}
        row="roster-actions"
        send={say.save}
        cancel={say.cancel}
        onCancel={props.onDone}
      />
    </form>
  );
}

function hours(minutes: number): string {
  return String(Math.round(minutes / 6) / 10);
}

function Rows<Row>(props: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly fresh: Row;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly line: (row: Row, put: (row: Row) => void) => ReactNode;
}): ReactElement {
  const { rows, onChange } = props;
  return (
    <fieldset>
      <legend>{props.title}</legend>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own while it is typed.
        <div key={at} className="roster-row">
          {props.line(row, (put) => onChange(rows.map((one, n) => (n === at ? put : one))))}
          <button
            type="button"
            className="text-button"
            aria-label={say.removeRow}
            title={say.removeRow}
            onClick={() => onChange(rows.filter((_, n) => n !== at))}
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" className="text-button" onClick={() => onChange([...rows, props.fresh])}>
        {say.add}
      </button>
    </fieldset>
  );
}

function Line(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <input
      aria-label={props.label}
      placeholder={props.hint ?? props.label}
      value={props.value}
      onChange={({ target }) => props.onChange(target.value)}
    />
  );
}
