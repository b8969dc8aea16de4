/** The entries, as many as there are: only those in sight are drawn. The arrow keys move, the row opens. */
import { type ReactElement, type RefObject, useEffect, useRef } from 'react';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { OutsideText } from '../outside-text.tsx';
import { revealRow, VirtualRows } from '../virtual-rows.tsx';
import { directoryWords as say } from './words.ts';

/** Height of an entry, px. */
export const ROW = 36;
const ROWS = 'directory-rows';

export function ContactList(props: {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly contacts: readonly ContactView[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Enter: into the form. */
  readonly onOpen: () => void;
}): ReactElement {
  const { list, contacts, selected } = props;
  const shown = useRef<string | null>(null);
  const index = contacts.findIndex(({ id }) => id === selected);

  useEffect(() => {
    if (index < 0 || shown.current === selected) return;
    shown.current = selected;
    revealRow(ROWS, index, ROW);
  }, [index, selected]);

  return (
    <div
      ref={list}
      className="directory-list"
      role="listbox"
      tabIndex={0}
      aria-label={say.title}
      aria-activedescendant={index < 0 ? undefined : `contact-${selected}`}
      onKeyDown={(event) => {
        const next = nextIndex(event.key, index, contacts.length);
        if (event.key === 'Enter' && index >= 0) props.onOpen();
        else if (next === null) return;
        else props.onSelect(contacts[next]?.id ?? '');
        event.preventDefault();
      }}
    >
      <VirtualRows
        id={ROWS}
        count={contacts.length}
        row={ROW}
        marked={index}
        render={(at, style) => {
          const contact = contacts[at];
          if (contact === undefined) return <div key={at} />;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys.
            <div
              key={contact.id}
              id={`contact-${contact.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={contact.id === selected}
              aria-posinset={at + 1}
              aria-setsize={contacts.length}
              className={contact.id === selected ? 'directory-row directory-here' : 'directory-row'}
              style={style}
              onClick={() => props.onSelect(contact.id)}
            >
              <span className="directory-unit">
                <OutsideText text={contact.unit ?? ''} />
              </span>
              <span className="directory-person">
                <OutsideText text={[contact.person, contact.title].filter(Boolean).join(' ')} />
              </span>
              <span className="directory-number">{contact.number ?? say.hidden}</span>
              <span className={`directory-kind directory-${contact.class ?? 'unknown'}`}>
                {say.kinds[contact.class ?? 'unknown']}
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}

/** Where a key leads from a row (−1: none) among `count`; null: nowhere. */
export function nextIndex(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(count - 1, index + 10);
    case 'PageUp':
      return Math.max(0, index - 10);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
