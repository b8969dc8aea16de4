/** Keys as buttons, and whether what was typed is safe. */
import type { ReactElement } from 'react';
import { clockSecond } from './format.ts';
import type { KeyAction } from './keys.ts';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

const ACTIONS: readonly KeyAction[] = [
  'notes',
  'newest',
  'play-pause',
  'jot',
  'handle',
  'change-person',
  'check',
];

export function KeyBar(props: { readonly onKey: (action: KeyAction) => void }): ReactElement {
  return (
    <footer className="keys">
      {words.keyBar.keys.map(([key, what], index) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          aria-keyshortcuts={key.replace('/', ' ').replace('Ctrl', 'Control')}
          // The caret stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            const action = ACTIONS[index];
            if (action !== undefined) props.onKey(action);
          }}
        >
          <kbd>{key}</kbd> {what}
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
