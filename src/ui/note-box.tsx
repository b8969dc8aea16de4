/** Alt+N: one line over the form's foot, for a note at a moment of the open call. Enter keeps it, Esc keeps the text. */
import { Button } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { NOTE_LIMIT } from '../records/field-text.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import { type BegunKey, begun, keepBegun } from './begun.ts';
import { intoCall } from './call-moments.ts';
import { type DeskState, ownerOf } from './desk-state.ts';
import { playTime } from './format.ts';
import { newId } from './ids.ts';
import { noteWords as say } from './note-words.ts';
import { useDesk } from './use-desk.tsx';

interface NoteDraft {
  /** Its id: the same note sent a second time is the same note. */
  readonly note: string;
  readonly moment: number;
  readonly text: string;
}

export function NoteBox(props: {
  readonly call: CallView;
  /** The moment at which the box was opened, ms UTC; a text kept from before has its own. */
  readonly moment: number;
  readonly onClose: () => void;
}): ReactElement {
  const { call, onClose } = props;
  const { store } = useDesk();
  const { account, person } = ownerOf(store.read());
  const [key] = useState<BegunKey>({ what: 'note', owner: person ?? account, of: call.id });
  const [draft, setDraft] = useState(() => unsent(key, call, store.read().commands) ?? fresh(props.moment));
  const { moment, text } = draft;
  const box = useRef<HTMLInputElement>(null);
  // Where the caret stood, so that the sentence that was being written goes on there.
  const [before] = useState(() => document.activeElement);
  useEffect(() => box.current?.focus(), []);

  function close(): void {
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  }
  function keep(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '')
      store.command({ type: 'add-note', call: call.id, note: draft.note, moment, text: text.trim() });
    close();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  }
  const at = playTime(intoCall(call, moment));
  return (
    <form className="panel note-box" onSubmit={keep} aria-label={say.label}>
      <label htmlFor="note-text">{say.at(at)}</label>
      <input
        id="note-text"
        type="text"
        ref={box}
        autoComplete="off"
        maxLength={NOTE_LIMIT}
        value={text}
        onChange={(event) => {
          const next = { ...draft, text: event.target.value };
          setDraft(next);
          keepBegun(key, next);
        }}
        onKeyDown={onKeyDown}
      />
      <Button size="small" type="primary" htmlType="submit" disabled={text.trim() === ''}>
        {say.keep}
      </Button>
      <span className="note">{say.hint}</span>
    </form>
  );
}

function fresh(moment: number): NoteDraft {
  return { note: newId(), moment, text: '' };
}

/** What was begun and has not reached the service, nor is on its way there. */
function unsent(key: BegunKey, call: CallView, commands: DeskState['commands']): NoteDraft | null {
  const kept = begun<NoteDraft>(key);
  if (kept === null || call.notes.some(({ id }) => id === kept.note)) return null;
  const underWay = [...commands.values()].some(
    ({ message, refusal }) => message.type === 'add-note' && message.note === kept.note && refusal === null,
  );
  return underWay ? null : kept;
}
