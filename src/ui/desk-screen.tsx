/** 值班台: the list, the form and the facts of what stands open. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { KeyAction } from '../keys/action.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { FormPanel } from './action-bar.tsx';
import { forgetBegun } from './begun.ts';
import { UndoBar } from './bulk-bar.tsx';
import type { Selected } from './desk-state.ts';
import { elementsOf } from './elements.ts';
import { FactsPane } from './facts-pane.tsx';
import { focusField } from './focus-field.ts';
import { lookUp } from './look-up.ts';
import { NoRecordPanel } from './no-record-panel.tsx';
import { NoteBox } from './note-box.tsx';
import type { PlayerHandle } from './player.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { jotMoment, RecordForm } from './record-form.tsx';
import { useScreenKeys } from './screen-keys.ts';
import { useTicks } from './ticks.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { whyUnheard } from './why-unheard.ts';
import { words } from './words.ts';
import { opened } from './work-items.ts';
import { WorkList } from './work-list.tsx';

/** `listOpen`: on a narrow page the list is a drawer, and open. */
export function DeskScreen(props: {
  readonly listOpen: boolean;
  readonly onCloseList: () => void;
  /** To 检测 of a line. */
  readonly onWatch: (line: string) => void;
}): ReactElement {
  const { store } = useDesk();
  const state = useDeskState((whole) => whole);
  const { record, call } = opened(state);
  const isShut = record !== null && record.shut !== null;
  const writes = useMay('write-record');
  useLookUp(state.selected, record === null && call === null);
  const [panel, setPanel] = useOf<FormPanel | null>(state.selected, null);
  const [side, setSide] = useOf<'form' | 'facts'>(state.selected, 'form');
  const [noteAt, setNoteAt] = useOf<number | null>(state.selected, null);
  /** Drafts for which 无需记录 is asked together, and those it was said of last. */
  const [several, setSeveral] = useState<readonly string[]>([]);
  const [putAside, setPutAside] = useState<readonly string[]>([]);
  /** 回听 was asked for: while nothing can be heard it is said why, and where the caret is it stays. */
  const [askedToHear, setAskedToHear] = useOf(state.selected, false);
  const player = useRef<PlayerHandle>(null);
  useForgottenTexts(state.calls, state.records);
  const ticks = useTicks(record?.id ?? '');

  function select(selected: Selected): void {
    store.dispatch({ type: 'select', selected });
  }

  /** While the call lasts it is now, afterwards where its sound stands. */
  function momentOf(of: CallView): number {
    if (of.phase !== 'ended') return Math.round(store.now());
    return player.current?.moment() ?? of.answeredAt ?? of.startedAt;
  }

  function act(action: KeyAction): boolean {
    if (typeof action === 'object') {
      if (!writes) return false;
      const element = elementsOf(record?.fields.category.value ?? '')[action.element - 1];
      if (element !== undefined) ticks.toggle(element.name);
      return element !== undefined;
    }
    switch (action) {
      case 'back-3':
        setAskedToHear(true);
        player.current?.back(3);
        return true;
      case 'play-pause':
        setAskedToHear(true);
        player.current?.toggle();
        return true;
      case 'clip-from':
      case 'clip-to':
        player.current?.markClip(action === 'clip-from' ? 'from' : 'to');
        return true;
      case 'clip-export':
        player.current?.exportClip();
        return true;
      case 'check':
        if (writes && record?.state === 'draft' && !isShut) setPanel({ kind: 'check' });
        return true;
      case 'no-record':
        if (writes && record?.state === 'draft' && !isShut) setPanel({ kind: 'no-record' });
        return true;
      case 'handle':
        if (record !== null && !isShut) {
          setPanel({ kind: writes ? 'handle' : 'history' });
          setSide('form');
        }
        return true;
      case 'attachments':
        if (record !== null && !isShut) {
          setPanel({ kind: 'attachments' });
          setSide('form');
        }
        return true;
      case 'jot':
        if (call !== null && call.shut === null) {
          setNoteAt(momentOf(call));
          setSide('form');
          return true;
        }
        if (!writes) return true;
        if (record?.state !== 'draft' || isShut) store.openByHand();
        else setSide('form');
        setTimeout(() => jotMoment(store.now()));
        return true;
      case 'search':
        document.getElementById('search')?.focus();
        return true;
      case 'escape':
        setPanel(null);
        setNoteAt(null);
        setSeveral([]);
        return true;
      default:
        return false;
    }
  }
  useScreenKeys(act);

  const sides = (
    <span className="sides" role="tablist">
      {(['form', 'facts'] as const).map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={side === name}
          className="text-button"
          onClick={() => setSide(name)}
        >
          {words.form[name === 'form' ? 'title' : 'facts']}
        </button>
      ))}
    </span>
  );
  const keys = useOwnKeys();
  const noForm =
    call !== null
      ? words.form.noRecordYet
      : writes
        ? words.form.none(keys.said('newest'), keys.said('jot'))
        : words.form.noneToRead(keys.said('newest'));
  return (
    <div className={`desk-panes side-${side}`}>
      <div className={props.listOpen ? 'list-pane list-open' : 'list-pane'}>
        <WorkList
          onOpen={(selected) => {
            select(selected);
            props.onCloseList();
            setTimeout(() => focusField('content'));
          }}
          onShow={(selected) => {
            select(selected);
            // The drawer would stand over what was asked for.
            if (props.listOpen) props.onCloseList();
          }}
          onWatch={props.onWatch}
          onNoRecordOf={(records) => {
            setSeveral(records);
            setSide('form');
          }}
          foot={<UndoBar records={putAside} onClose={() => setPutAside([])} />}
          onNoRecord={(selected) => {
            select(selected);
            const now = store.read();
            if (writes && opened(now).record?.state === 'draft')
              setPanel({ kind: 'no-record' }, now.selected);
          }}
        />
      </div>
      <main className="form-pane">
        {record === null || isShut ? (
          <div className="form form-none">
            <header className="form-head">
              <span className="form-tools">{call !== null && sides}</span>
            </header>
            <p className="empty-say">
              {record === null
                ? noForm
                : words.shut[record.call === null ? 'record' : 'call'][record.shut ?? 'isolated']}
            </p>
          </div>
        ) : (
          <RecordForm
            record={record}
            call={call}
            panel={panel}
            onPanel={setPanel}
            ticks={ticks}
            head={sides}
          />
        )}
        {several.length > 0 && (
          <NoRecordPanel
            records={several}
            onDone={() => setPutAside(several)}
            onClose={() => setSeveral([])}
          />
        )}
        {call !== null && call.shut === null && noteAt !== null && (
          <NoteBox key={call.id} call={call} moment={noteAt} onClose={() => setNoteAt(null)} />
        )}
        {askedToHear && call !== null && call.shut === null && <Unheard call={call} />}
      </main>
      <FactsPane ref={player} record={record} call={call} head={sides} />
      {record !== null && !isShut && createPortal(<PrintSheet record={record} />, document.body)}
    </div>
  );
}

function Unheard({ call }: { readonly call: CallView }): ReactElement | null {
  const why = whyUnheard(call);
  return why === null ? null : (
    <p className="unheard" role="status">
      {why}
    </p>
  );
}

/** What was begun about a call that is 隔离 or 销毁 leaves this tab. */
function useForgottenTexts(
  calls: ReadonlyMap<string, CallView>,
  records: ReadonlyMap<string, RecordView>,
): void {
  useEffect(() => {
    for (const { id, shut } of calls.values()) if (shut !== null) forgetBegun(id);
    for (const { id, shut } of records.values()) if (shut !== null) forgetBegun(id);
  }, [calls, records]);
}

/** What stands open but is not of today is read by its id, also after a new snapshot. */
function useLookUp(selected: Selected | null, missing: boolean): void {
  const { store } = useDesk();
  useEffect(() => {
    if (selected !== null && missing) void lookUp(store, selected.kind, selected.id);
  }, [store, selected, missing]);
}

/** A choice that holds for what is selected now: what is selected next starts with `first` again. */
function useOf<Value>(
  selected: Selected | null,
  first: Value,
): readonly [Value, (value: Value, of?: Selected | null) => void] {
  const [kept, setKept] = useState<{ readonly of: Selected | null; readonly value: Value } | null>(null);
  const value = kept !== null && kept.of === selected ? kept.value : first;
  return [value, (next, of = selected) => setKept({ of, value: next })];
}
