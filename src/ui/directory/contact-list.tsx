/** The entries, as many as there are: only those in sight are drawn. The arrow keys move, the row opens. */
import { type ReactElement, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { OutsideText } from '../outside-text.tsx';
import { ROW, windowOf } from './window-of.ts';
import { directoryWords as say } from './words.ts';

export function ContactList(props: {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly contacts: readonly ContactView[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Enter: into the form. */
  readonly onOpen: () => void;
}): ReactElement {
  const { list, contacts, selected } = props;
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const shown = useRef<string | null>(null);
  const index = contacts.findIndex(({ id }) => id === selected);

  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    const measure = (): void => setSeen({ top: box.scrollTop, height: box.clientHeight });
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [list]);

  useEffect(() => {
    const box = list.current;
    if (box === null || index < 0 || shown.current === selected) return;
    shown.current = selected;
    const top = index * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
  }, [list, index, selected]);

  const { from, to } = windowOf(seen.top, seen.height, contacts.length);
  return (
    <div
      ref={list}
      className="directory-list"
      role="listbox"
      tabIndex={0}
      aria-label={say.title}
      aria-activedescendant={index < 0 ? undefined : `contact-${selected}`}
      onScroll={({ currentTarget }) =>
        setSeen({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      onKeyDown={(event) => {
        const next = nextIndex(event.key, index, contacts.length);
        if (event.key === 'Enter' && index >= 0) props.onOpen();
        else if (next === null) return;
        else props.onSelect(contacts[next]?.id ?? '');
        event.preventDefault();
      }}
    >
      <div className="directory-rows" style={{ height: contacts.length * ROW }}>
        {contacts.slice(from, to).map((contact, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys.
          <div
            key={contact.id}
            id={`contact-${contact.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={contact.id === selected}
            className={contact.id === selected ? 'directory-row directory-here' : 'directory-row'}
            style={{ top: (from + at) * ROW }}
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
        ))}
      </div>
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
