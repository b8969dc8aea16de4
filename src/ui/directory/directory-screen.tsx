/** 通讯录: found while one types, opened by the row, changed in place. */
import '../css/directory.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { newId } from '../ids.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { ContactForm } from './contact-form.tsx';
import { ContactList, nextIndex } from './contact-list.tsx';
import { useDirectory } from './directory-api.ts';
import { findContacts, withSameNumber } from './find-contacts.ts';
import { ImportPanel } from './import-panel.tsx';
import { directoryWords as say } from './words.ts';

/** What stands on the right: an entry, or one that is being made. */
type Opened =
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'new'; readonly contact: ContactView };

/** `argument` is a number that called and has to be entered. */
export function DirectoryScreen(props: ScreenProps): ReactElement {
  const desk = useDirectory();
  const { view } = desk;
  const [asked, setAsked] = useState('');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [importing, setImporting] = useState(false);
  const list = useRef<HTMLDivElement | null>(null);
  const search = useRef<HTMLInputElement | null>(null);
  const shown = useMemo(() => findContacts(view?.contacts ?? [], asked), [view, asked]);

  useEffect(() => {
    if (props.argument === null) search.current?.focus();
    else setOpened({ kind: 'new', contact: blank(props.argument) });
  }, [props.argument]);
  useScreenKeys((action) => {
    if (action === 'search') search.current?.focus();
    else if (action === 'escape' && importing) setImporting(false);
    else if (action === 'escape' && opened !== null) close();
    else return false;
    return true;
  });

  function open(id: string): void {
    setSaid(null);
    setOpened({ kind: 'entry', id });
  }
  function close(): void {
    setOpened(null);
    search.current?.focus();
  }
  const chosen =
    opened?.kind === 'entry' ? (view?.contacts.find(({ id }) => id === opened.id) ?? null) : null;
  const start = opened?.kind === 'new' ? opened.contact : chosen;
  return (
    <main className="screen directory" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <input
          ref={search}
          id="directory-search"
          type="search"
          className="directory-search"
          aria-label={say.search}
          placeholder={say.search}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            const index = shown.findIndex(({ id }) => id === chosen?.id);
            const next = event.key.startsWith('Arrow') ? nextIndex(event.key, index, shown.length) : null;
            if (event.key === 'Enter' && shown.length > 0) {
              if (chosen === null) open(shown[0]?.id ?? '');
              setTimeout(intoForm);
            } else if (next !== null) open(shown[next]?.id ?? '');
            else return;
            event.preventDefault();
          }}
        />
        <span className="note" role="status">
          {view === null ? '' : say.count(shown.length, view.contacts.length)}
        </span>
        {view?.mayEdit === true && (
          <>
            <Button onClick={() => setOpened({ kind: 'new', contact: blank('') })}>{say.add}</Button>
            <Button onClick={() => setImporting(!importing)}>{say.import}</Button>
          </>
        )}
      </header>
      {desk.trouble !== null && (
        <p className="wrong" role="alert">
          {desk.trouble} <Button onClick={desk.reload}>{say.again}</Button>
        </p>
      )}
      {importing && (
        <ImportPanel
          desk={desk}
          onCancel={() => setImporting(false)}
          onDone={(sentence) => {
            setImporting(false);
            setOpened(null);
            setSaid(sentence);
          }}
        />
      )}
      {importing ? null : view === null ? (
        desk.trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <div className="directory-panes">
          <div className="directory-left">
            {shown.length === 0 && (
              <p className="empty-say">{view.contacts.length === 0 ? say.none : say.noneFound}</p>
            )}
            <ContactList
              list={list}
              contacts={shown}
              selected={chosen?.id ?? null}
              onSelect={open}
              onOpen={intoForm}
            />
          </div>
          <div className="directory-right">
            {said !== null && (
              <p className="directory-said" role="status">
                {said}
              </p>
            )}
            {start === null ? (
              <p className="empty-say">{say.choose}</p>
            ) : (
              <ContactForm
                key={`${start.id} ${round}`}
                desk={desk}
                was={chosen}
                start={start}
                hint={opened?.kind === 'new' && props.argument !== null ? say.calledNow : null}
                same={chosen === null ? [] : withSameNumber(view.contacts, chosen)}
                seesSuperior={view.seesSuperior}
                onDone={(contact, sentence) => {
                  setOpened(contact === null ? null : { kind: 'entry', id: contact.id });
                  setRound(round + 1);
                  setSaid(sentence);
                }}
                onCancel={() => (chosen === null ? close() : setRound(round + 1))}
              />
            )}
          </div>
        </div>
      )}
    </main>
  );
}

function blank(number: string): ContactView {
  return { id: newId(), number, unit: null, person: null, title: null, class: null };
}

function intoForm(): void {
  document.getElementById('directory-unit')?.focus();
}
