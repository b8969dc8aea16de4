/** 要点 of the open call, with their seconds of the call; a click plays from there, struck ones stay to be seen. */
import type { ReactElement } from 'react';
import type { CallNoteView, CallView } from '../web/protocol/call-view.ts';
import { intoCall } from './call-moments.ts';
import { playTime } from './format.ts';
import { noteWords as say } from './note-words.ts';
import { OutsideText } from './outside-text.tsx';
import { useCallCommands } from './use-call-commands.ts';
import { useDesk } from './use-desk.tsx';

export function CallNotes(props: {
  readonly call: CallView;
  readonly onSeek: (moment: number) => void;
}): ReactElement | null {
  const { call } = props;
  const { refusal } = useCallCommands(call.id);
  if (call.notes.length === 0 && refusal === null) return null;
  const notes = [...call.notes].sort((a, b) => a.moment - b.moment || a.at - b.at);
  return (
    <section aria-label={say.title}>
      <h2>{say.title}</h2>
      <ul className="call-notes">
        {notes.map((note) => (
          <Note key={note.id} call={call} note={note} onSeek={props.onSeek} />
        ))}
      </ul>
      {refusal !== null && (
        <p className="wrong" role="alert">
          {refusal.zh}
        </p>
      )}
    </section>
  );
}

function Note(props: {
  readonly call: CallView;
  readonly note: CallNoteView;
  readonly onSeek: (moment: number) => void;
}): ReactElement {
  const { call, note } = props;
  const { store } = useDesk();
  const at = playTime(intoCall(call, note.moment));
  const words = <OutsideText text={note.text} />;
  return (
    <li>
      <button
        type="button"
        className="text-button call-note-at"
        title={say.playFrom(at)}
        onClick={() => props.onSeek(note.moment)}
      >
        {at}
      </button>
      <span className="call-note-text">
        {note.struck ? <s>{words}</s> : words}
        {note.by !== null && <span className="note"> {note.by}</span>}
      </span>
      {!note.struck && (
        <button
          type="button"
          className="text-button"
          aria-label={say.strikeThis(at)}
          onClick={() => store.command({ type: 'strike-note', call: call.id, note: note.id })}
        >
          {say.strike}
        </button>
      )}
    </li>
  );
}
