/** Keys as buttons, and whether what was typed is safe. */
import type { ReactElement } from 'react';
import type { ActionName } from '../keys/action.ts';
import { clockSecond } from './format.ts';
import { isUsable } from './usable-keys.ts';
import { useDeskState } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

/** What each button does, and the keys that stand on it. */
const BUTTONS = [
  { action: 'notes', keys: ['notes'] },
  { action: 'newest', keys: ['newest'] },
  { action: 'play-pause', keys: ['back-3', 'play-pause'] },
  { action: 'jot', keys: ['jot'] },
  { action: 'handle', keys: ['handle'] },
  { action: 'change-person', keys: ['change-person'] },
  { action: 'check', keys: ['check'] },
] as const;

export function KeyBar(props: { readonly onKey: (action: ActionName) => void }): ReactElement {
  const own = useOwnKeys();
  const role = useDeskState(({ me }) => me?.role ?? null);
  const buttons = BUTTONS.filter(({ action }) => role !== null && isUsable(role, action));
  return (
    <footer className="keys">
      {buttons.map(({ action, keys }) => (
        <button
          key={action}
          type="button"
          tabIndex={-1}
          data-action={action}
          aria-keyshortcuts={keys.map(own.said).join(' ').replace('Ctrl', 'Control')}
          // The caret stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onKey(action)}
        >
          <kbd>{keys.map(own.said).join('/')}</kbd> {words.keyBar.words[action]}
        </button>
      ))}
      <Saved />
    </footer>
  );
}

function Saved(): ReactElement {
  const unsent = useDeskState((state) => state.unsent);
  const open = useDeskState((state) => state.link.state === 'open');
  const savedAt = useDeskState((state) => state.savedAt);
  const storageFailed = useDeskState((state) => state.storageFailed);
  const stuck = [...unsent.values()].filter(
    (entry) =>
      ('refusal' in entry ? entry.refusal : null) !== null ||
      (entry.kind === 'text' && entry.conflict !== null),
  ).length;
  const waiting = unsent.size > 0;
  const bad = waiting && (!open || stuck > 0);
  const word = bad
    ? words.keyBar.unsent(open ? stuck : unsent.size)
    : waiting
      ? words.keyBar.saving
      : savedAt === null
        ? ''
        : words.keyBar.saved(clockSecond(savedAt));
  return (
    <span className="saved" role="status">
      {storageFailed && <span className="saved-bad">{words.keyBar.noStore}　</span>}
      <span className={bad ? 'saved-bad' : ''}>{word}</span>
    </span>
  );
}
