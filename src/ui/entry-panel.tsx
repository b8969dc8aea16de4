/** One entry of 办理经过 is written: over the form's foot, by keyboard. Esc closes it and keeps what was typed. */
import { Button } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { ENTRY_TEXT_LIMIT, type EntryKind, WAYS, WHO_LIMIT } from '../records/entry.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { type BegunKey, begun, keepBegun } from './begun.ts';
import { type DeskState, ownerOf } from './desk-state.ts';
import { listMoment } from './format.ts';
import { newId } from './ids.ts';
import { saidNumber } from './saying.ts';
import {
  EMPTY_ENTRY,
  type EntryTrouble,
  entryOf,
  goesSomeWay,
  namesSomebody,
  provingCalls,
  type TypedEntry,
} from './timeline.ts';
import { timelineWords as say } from './timeline-words.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

type Draft = TypedEntry & { readonly entry: string };

export function EntryPanel(props: {
  readonly record: RecordView;
  readonly what: EntryKind;
  readonly onClose: () => void;
}): ReactElement {
  const { record, what, onClose } = props;
  const { store } = useDesk();
  const calls = useDeskState((state) => state.calls);
  const keys = useOwnKeys();
  const [key] = useState(() => keyOf(store.read(), record, what));
  const [draft, setDraft] = useState(
    () => unsent(key, record, store.read().commands) ?? fresh(store.read(), what),
  );
  const [trouble, setTrouble] = useState<EntryTrouble | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const [first] = useState(namesSomebody(what) && draft.who === '' ? 'who' : 'text');
  useEffect(() => form.current?.querySelector<HTMLElement>(`#entry-${first}`)?.focus(), [first]);

  function change(part: Partial<TypedEntry>): void {
    const next = { ...draft, ...part };
    setDraft(next);
    setTrouble(null);
    keepBegun(key, next);
  }
  function focus(box: EntryTrouble): void {
    form.current?.querySelector<HTMLElement>(`#entry-${box}`)?.focus();
  }
  function keep(event: FormEvent): void {
    event.preventDefault();
    const made = entryOf(what, draft, calls, store.now());
    if ('trouble' in made) {
      setTrouble(made.trouble);
      focus(made.trouble);
      return;
    }
    store.command({ type: 'add-entry', record: record.id, entry: draft.entry, draft: made.draft });
    onClose();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (keys.actionOf(event.nativeEvent, 'text') !== 'check') return;
    event.preventDefault();
    keep(event);
  }

  return (
    <form
      className="panel entry-form"
      ref={form}
      onSubmit={keep}
      onKeyDown={onKeyDown}
      aria-label={say.add[what]}
    >
      <p className="entry-line">
        <b>{say.add[what]}</b>
        {namesSomebody(what) && (
          <label>
            {say.who[what]}
            <input
              id="entry-who"
              type="text"
              autoComplete="off"
              maxLength={WHO_LIMIT}
              value={draft.who}
              onChange={(event) => change({ who: event.target.value })}
            />
          </label>
        )}
        {goesSomeWay(what) && (
          <label>
            {say.way}
            <select
              value={draft.way}
              onChange={(event) => change({ way: WAYS.find((way) => way === event.target.value) ?? 'phone' })}
            >
              {WAYS.map((way) => (
                <option key={way} value={way}>
                  {say.ways[way]}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {say.time}
          <input
            id="entry-time"
            type="text"
            className="entry-time"
            autoComplete="off"
            placeholder={say.timeHint}
            value={draft.time}
            onChange={(event) => change({ time: event.target.value })}
          />
        </label>
        {what === 'assignment' && (
          <label>
            {say.due}
            <input
              id="entry-due"
              type="text"
              className="entry-time"
              autoComplete="off"
              placeholder={say.dueHint}
              value={draft.due}
              onChange={(event) => change({ due: event.target.value })}
            />
          </label>
        )}
        {goesSomeWay(what) && draft.way === 'phone' && (
          <Proof value={draft.call} onChange={(call) => change({ call })} />
        )}
      </p>
      <textarea
        id="entry-text"
        aria-label={say.text}
        rows={3}
        maxLength={ENTRY_TEXT_LIMIT}
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble === 'who' || trouble === 'text' ? say.missing[trouble] : say.timeWrong}
        </p>
      )}
      <p className="panel-buttons">
        <Button type="primary" htmlType="submit">
          {say.keep(say.add[what], keys.behind('check'))}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
      </p>
    </form>
  );
}

/** The call by which the leader was asked, or spoke. */
function Proof(props: { readonly value: string; readonly onChange: (call: string) => void }): ReactElement {
  const { store } = useDesk();
  const calls = useDeskState((state) => state.calls);
  const records = useDeskState((state) => state.records);
  return (
    <label>
      {say.call}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{say.noCall}</option>
        {provingCalls(calls.values()).map((call) => (
          <option key={call.id} value={call.id}>
            {listMoment(call.startedAt, store.now())}{' '}
            {saidNumber(call, records.get(call.record ?? '') ?? null)}
          </option>
        ))}
      </select>
    </label>
  );
}

function keyOf(state: DeskState, record: RecordView, what: EntryKind): BegunKey {
  const { account, person } = ownerOf(state);
  return { what, owner: person ?? account, of: record.id };
}

/** A new 批示 is most often that of who leads the shift. */
function fresh({ room }: DeskState, what: EntryKind): Draft {
  const leader = room?.onDuty.leaders[0]?.name ?? '';
  return { ...EMPTY_ENTRY, who: goesSomeWay(what) ? leader : '', entry: newId() };
}

/** What was begun and has not reached the service, nor is on its way there. */
function unsent(key: BegunKey, record: RecordView, commands: DeskState['commands']): Draft | null {
  const kept = begun<Draft>(key);
  if (kept === null || record.entries.some(({ id }) => id === kept.entry)) return null;
  const underWay = [...commands.values()].some(
    ({ message, refusal }) =>
      message.type === 'add-entry' && message.entry === kept.entry && refusal === null,
  );
  return underWay ? null : kept;
}
