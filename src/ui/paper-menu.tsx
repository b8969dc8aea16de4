/** A button that opens a short list of papers. Enter, Space and Tab work as on any button; Esc and leaving it close it. */
import { type ReactElement, useRef, useState } from 'react';
import { paperWords } from './paper-words.ts';

export interface PaperChoice {
  readonly word: string;
  /** Where the service has it; `print` opens the print view, `file` is a download. */
  readonly kind: 'print' | 'file';
  readonly url: string;
  /** Prints without the service; null: needs it. */
  readonly alone: (() => void) | null;
}

export function PaperMenu(props: {
  readonly button: string;
  readonly label: string;
  readonly online: boolean;
  readonly choices: readonly PaperChoice[];
}): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const [isBlocked, setBlocked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  function choose({ kind, url, alone }: PaperChoice): void {
    button.current?.focus();
    const blocked = alone === null && kind === 'print' && !openPrintView(url);
    setBlocked(blocked);
    setOpen(blocked);
    alone?.();
  }

  return (
    <fieldset
      className="paper-menu"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="paper-menu-button"
        aria-expanded={isOpen}
        aria-label={props.label}
        title={isBlocked ? paperWords.blocked : props.label}
        onClick={() => setOpen(!isOpen)}
      >
        {props.button} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <span className="paper-menu-list">
          {isBlocked && <span className="wrong">{paperWords.blocked}</span>}
          {props.choices.map((choice) => {
            const isAway = !props.online && choice.alone === null;
            return choice.kind === 'file' && !isAway ? (
              // A refusal is not taken for a file: the browser says that the download failed.
              <a key={choice.word} href={choice.url} download onClick={() => choose(choice)}>
                {choice.word}
              </a>
            ) : (
              <button
                key={choice.word}
                type="button"
                disabled={isAway}
                title={isAway ? paperWords.offline : undefined}
                onClick={() => choose(choice)}
              >
                {choice.word}
              </button>
            );
          })}
        </span>
      )}
    </fieldset>
  );
}

/** The print view runs no script of its own: the page that opened it asks for the paper. False when it may not open. */
function openPrintView(url: string): boolean {
  const view = window.open(url);
  view?.addEventListener('load', () => view.print());
  return view !== null;
}
