/** 值班台: puts the panes together and answers the keys. No event moves the focus but F2 and this seat's own phone. */
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import type { FormPanel } from './action-bar.tsx';
import { talksHere } from './alarms.ts';
import { CallStrip } from './call-strip.tsx';
import { DemoBand } from './demo-band.tsx';
import { DutyNotes } from './duty-notes.tsx';
import { elementsOf } from './elements.ts';
import { FactsPane } from './facts-pane.tsx';
import { focusField } from './field-order.ts';
import { KeyBar } from './key-bar.tsx';
import type { KeyAction } from './keys.ts';
import type { Appearance } from './night.ts';
import { Notices } from './notices.tsx';
import type { PlayerHandle } from './player.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { Rail } from './rail.tsx';
import { jotMoment, RecordForm } from './record-form.tsx';
import { RecordingDesk } from './recording-desk.tsx';
import { phoneOfSeat } from './seat-phone.ts';
import { useTicks } from './ticks.ts';
import { TopBar } from './top-bar.tsx';
import { useAlarms } from './use-alarms.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { hasFieldFocus, useKeys } from './use-keys.ts';
import { words } from './words.ts';
import { liveCalls, newestCall, opened } from './work-items.ts';
import { WorkList } from './work-list.tsx';

/** What stands in the panes beside the rail; strip, bars and keys stay. */
export type DeskPage = 'desk' | 'recordings';

export type Layer = 'notes' | 'change-person' | 'list' | 'sound';

export function Desk(props: {
  readonly appearance: Appearance;
  readonly nextAppearance: () => void;
}): ReactElement {
  const { store } = useDesk();
  const state = useDeskState((whole) => whole);
  const { record, call } = opened(state);
  const isShut = record !== null && record.shut !== null;
  const [layer, setLayer] = useState<Layer | null>(null);
  const [panel, setPanel] = useState<FormPanel | null>(null);
  const [page, setPage] = useState<DeskPage>('desk');
  const [side, setSide] = useState<'form' | 'facts'>('form');
  const player = useRef<PlayerHandle>(null);
  const ticks = useTicks(record?.id ?? '');
  const alarm = useAlarms();

  const select = useCallback(
    (selected: Parameters<typeof store.dispatch>[0] & { type: 'select' }) => {
      store.dispatch(selected);
      setPanel(null);
      setSide('form');
    },
    [store],
  );
  const openCall = useCallback(
    (id: string) => {
      select({ type: 'select', selected: { kind: 'call', id } });
      setLayer(null);
      setPage('desk');
      setTimeout(() => focusField('content'));
    },
    [select],
  );
  useOwnPhone(openCall);
  useFirstCall((id) => select({ type: 'select', selected: { kind: 'call', id } }));

  function act(action: KeyAction): void {
    if (typeof action === 'object') {
      const element = elementsOf(record?.fields.category.value ?? '')[action.element - 1];
      if (element !== undefined) ticks.toggle(element.name);
      return;
    }
    switch (action) {
      case 'notes':
      case 'change-person':
        setLayer(layer === action ? null : action);
        return;
      case 'drawer':
        setLayer(layer === 'list' ? null : 'list');
        return;
      case 'newest': {
        const newest = newestCall(store.read());
        if (newest !== null) openCall(newest.id);
        return;
      }
      case 'back-3':
        player.current?.back(3);
        return;
      case 'play-pause':
        player.current?.toggle();
        return;
      case 'clip-from':
      case 'clip-to':
        player.current?.markClip(action === 'clip-from' ? 'from' : 'to');
        return;
      case 'clip-export':
        player.current?.exportClip();
        return;
      case 'check':
        if (record?.state === 'draft' && !isShut) setPanel({ kind: 'check' });
        return;
      case 'no-record':
        if (record?.state === 'draft' && !isShut) setPanel({ kind: 'no-record' });
        return;
      case 'jot':
        if (record?.state !== 'draft') store.openByHand();
        setSide('form');
        setTimeout(() => jotMoment(store.now()));
        return;
      case 'search':
        document.getElementById('search')?.focus();
        return;
      case 'harmless':
        store.flush();
        return;
      case 'escape':
        if (layer !== null) setLayer(null);
        else setPanel(null);
        return;
    }
  }
  useKeys(act);

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
  const noForm = call === null ? words.form.none : words.form.noRecordYet;
  return (
    <>
      <div className={`desk side-${side}`}>
        <TopBar open={layer === 'change-person'} onLayer={setLayer} />
        <DemoBand />
        <CallStrip onOpen={openCall} />
        <div className="panes">
          <Rail {...props} open={layer === 'sound'} onLayer={setLayer} page={page} onPage={setPage} />
          {page === 'recordings' ? (
            <RecordingDesk openCall={call?.id ?? null} onOpenCall={openCall} onBack={() => setPage('desk')} />
          ) : (
            <>
              <div className={layer === 'list' ? 'list-pane list-open' : 'list-pane'}>
                <WorkList
                  onOpen={(selected) => {
                    select({ type: 'select', selected });
                    setLayer(null);
                    setTimeout(() => focusField('content'));
                  }}
                  onShow={(selected) => select({ type: 'select', selected })}
                  onNoRecord={(selected) => {
                    select({ type: 'select', selected });
                    if (opened(store.read()).record?.state === 'draft') setPanel({ kind: 'no-record' });
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
                      {record === null ? noForm : words.shut[record.shut ?? 'isolated']}
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
              </main>
              <FactsPane ref={player} record={record} call={call} head={sides} />
            </>
          )}
        </div>
        {layer === 'notes' && <DutyNotes onClose={() => setLayer(null)} />}
        <Notices alarm={alarm} />
        <KeyBar onKey={act} />
      </div>
      {record !== null && !isShut && <PrintSheet record={record} />}
    </>
  );
}

/** Picking up this seat's phone opens its call, when nobody is writing. */
function useOwnPhone(open: (call: string) => void): void {
  const calls = useDeskState((state) => state.calls);
  const seatPhone = useDeskState((state) => phoneOfSeat(state));
  const talking = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const now = new Set([...calls.values()].filter((call) => talksHere(call, seatPhone)).map(({ id }) => id));
    const before = talking.current;
    talking.current = now;
    // At the first look nobody has just picked up: the page was opened in mid-call.
    if (before === null || hasFieldFocus()) return;
    for (const id of now) if (!before.has(id)) return open(id);
  }, [calls, seatPhone, open]);
}

/** A call that comes while no form is open is shown, without the focus. */
function useFirstCall(show: (call: string) => void): void {
  const calls = useDeskState((state) => state.calls);
  const selected = useDeskState((state) => state.selected);
  useEffect(() => {
    const [newest] = liveCalls({ calls });
    if (selected === null && newest !== undefined && !hasFieldFocus()) show(newest.id);
  }, [calls, selected, show]);
}
