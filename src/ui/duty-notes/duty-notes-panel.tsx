/** F1 本班须知: one page to read at a glance, to edit, and to print; below it the keys. */
import '../css/duty-notes.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { DutyNotes } from '../../duty/duty-notes.ts';
import type { DutyNotesView } from '../../web/protocol/duty-notes-view.ts';
import { listMoment, typedForm } from '../format.ts';
import { KeyList } from '../key-list.tsx';
import { Secrecy } from '../secrecy-panel.tsx';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { words } from '../words.ts';
import { type DutyNotesVersion, useDutyNotes } from './duty-notes-api.ts';
import { DutyNotesForm } from './duty-notes-form.tsx';
import { DutyNotesPage } from './duty-notes-page.tsx';
import { partsIn } from './hand-written.ts';
import { dutyNotesWords as say } from './words.ts';

type Mode =
  | { readonly kind: 'read' }
  /** `base` is the version that the writer saw. */
  | { readonly kind: 'edit'; readonly base: number; readonly notes: DutyNotes }
  | { readonly kind: 'history'; readonly versions: readonly DutyNotesVersion[] | string };

/** Whoever looks something up goes on where he was: the focus goes back, unless somebody has led it elsewhere meanwhile. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    },
    [before],
  );
}

export function DutyNotesPanel(props: { readonly onClose: () => void }): ReactElement {
  const { view, trouble, save, printed, history } = useDutyNotes();
  const [mode, setMode] = useState<Mode>({ kind: 'read' });
  const room = useDeskState((state) => state.room);
  const online = useDeskState((state) => state.link.state === 'open');
  const [unprinted, setUnprinted] = useState<string | null>(null);
  const now = useServerNow(30_000);
  const lines = room?.lines.map(({ number }) => number) ?? [];
  useEffect(() => {
    document.body.classList.add('duty-notes-open');
    return () => document.body.classList.remove('duty-notes-open');
  }, []);
  useFocusBack();

  /** Without the network it prints all the same: whom to call is needed then most of all. */
  async function print(version: number): Promise<void> {
    const refused = online ? await printed(version) : null;
    setUnprinted(refused);
    if (refused === null) window.print();
  }

  return (
    <aside className="notes duty-notes" aria-label={say.title}>
      <header>
        <h2>{say.title}</h2>
        <span className="note">{view === null ? '' : editedBy(view, now)}</span>
        {view !== null && mode.kind === 'read' && (
          <>
            {view.mayEdit && (
              <Button
                size="small"
                onClick={() => setMode({ kind: 'edit', base: view.version, notes: view.notes })}
              >
                {say.edit}
              </Button>
            )}
            <Button
              size="small"
              onClick={() => void history().then((versions) => setMode({ kind: 'history', versions }))}
            >
              {say.history}
            </Button>
            <Button size="small" onClick={() => void print(view.version)}>
              {say.print}
            </Button>
          </>
        )}
        {mode.kind === 'history' && (
          <Button size="small" onClick={() => setMode({ kind: 'read' })}>
            {say.back}
          </Button>
        )}
        <Button size="small" autoFocus onClick={props.onClose}>
          {words.close}（Esc）
        </Button>
      </header>
      {(trouble ?? unprinted) !== null && (
        <p className="wrong" role="alert">
          {trouble ?? unprinted}
        </p>
      )}
      {view === null && trouble === null && <p className="empty-say">{say.loading}</p>}
      {mode.kind === 'edit' && view !== null && (
        <DutyNotesForm
          notes={mode.notes}
          onCancel={() => setMode({ kind: 'read' })}
          onSave={async (notes) => {
            const refused = await save(notes, mode.base);
            if (refused === null) setMode({ kind: 'read' });
            // Whoever looked at what the other one wrote may save over it.
            else if (view.version !== mode.base) setMode({ ...mode, base: view.version });
            return refused;
          }}
        />
      )}
      {mode.kind === 'history' && (
        <History
          versions={mode.versions}
          lines={lines}
          view={view}
          onShut={() => void history().then((versions) => setMode({ kind: 'history', versions }))}
        />
      )}
      {mode.kind === 'read' && view !== null && (
        <>
          <DutyNotesPage view={view} lines={lines} now={now} />
          <Secrecy of="text" items={partsIn(view.room, view)} />
        </>
      )}
      {mode.kind === 'read' && (
        <section className="duty-keys">
          <h3>{say.keys}</h3>
          <KeyList />
          <p className="note">{words.login.notice}</p>
        </section>
      )}
      {view !== null &&
        createPortal(
          <article className="duty-sheet" aria-hidden="true">
            <h1>
              {room?.name} {say.title}
            </h1>
            <p className="note">{`${typedForm(now)}　${editedBy(view, now)}`}</p>
            <DutyNotesPage view={view} lines={lines} now={now} />
          </article>,
          document.body,
        )}
    </aside>
  );
}

function editedBy({ editedAt, editedBy: who }: DutyNotesView<DutyNotes>, now: number): string {
  return editedAt === null ? say.never : say.edited(listMoment(editedAt, now), who ?? '');
}

function History(props: {
  readonly versions: readonly DutyNotesVersion[] | string;
  readonly lines: readonly string[];
  readonly view: DutyNotesView<DutyNotes> | null;
  readonly onShut: () => void;
}): ReactElement {
  const { versions, view } = props;
  if (typeof versions === 'string') return <p className="wrong">{versions}</p>;
  if (versions.length === 0 || view === null) return <p className="empty-say">{say.historyNone}</p>;
  return (
    <div className="duty-history">
      {versions.map((one) => (
        <details key={one.version}>
          <summary>
            {say.version(one.version)}　{typedForm(one.at)}　{one.by}
          </summary>
          <DutyNotesPage
            view={{ ...view, notes: one.notes, shut: one.shut }}
            lines={props.lines}
            now={one.at}
          />
          <Secrecy of="text" items={partsIn(view.room, one)} onDone={props.onShut} />
        </details>
      ))}
    </div>
  );
}
