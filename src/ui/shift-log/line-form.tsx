/** One line under a person's hands: when it happened and what; Enter keeps it, Esc leaves what stood. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../duty/shift-log.ts';
import { typedForm, typedMoment } from '../format.ts';
import { useDesk } from '../use-desk.tsx';
import { useOpId } from '../use-op-id.ts';
import { shiftLogWords as say } from './words.ts';

interface Typed {
  readonly happenedAt: number | null;
  readonly text: string;
}

export function LineForm(props: {
  readonly part: LogLine['part'];
  /** Null: a new one. */
  readonly line: LogLine | null;
  readonly now: number;
  readonly word: string;
  /** `opId` names what is new. Gives why it was not kept, null when it was. */
  readonly onSend: (typed: Typed, opId: string) => Promise<string | null>;
  /** Whether something stands in it that was not kept. */
  readonly onTyped?: (isTyped: boolean) => void;
  /** Null: the form stays for the next one. */
  readonly onDone: (() => void) | null;
}): ReactElement {
  const { part, line, onDone } = props;
  const { store } = useDesk();
  // The time of what the system tells of is known; of a remark there is none.
  const hasTime = part === 'event' && line?.source == null;
  const [time, setTime] = useState(line === null ? '' : typedForm(line.at));
  const [text, setText] = useState(line?.text ?? '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const opIds = useOpId();
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const isNew = line === null;
  useEffect(() => {
    if (!isNew) first.current?.focus();
  }, [isNew]);

  async function send(): Promise<void> {
    const now = store.now();
    // To the minute, as 附件1 asks.
    const typed = time.trim() === '' ? now - (now % 60_000) : typedMoment(time, now);
    if (hasTime && typed === null) return setTrouble(say.badTime);
    const isSame = line !== null && (!hasTime || time === typedForm(line.at));
    const happenedAt = hasTime && !isSame ? typed : null;
    const refused = await props.onSend({ happenedAt, text }, opIds.of(JSON.stringify([time, text])));
    setTrouble(refused);
    if (refused !== null) return;
    opIds.written();
    if (onDone !== null) return onDone();
    setTime('');
    setText('');
    props.onTyped?.(false);
    // Who has gone on meanwhile stays where he is.
    if (form.current?.contains(document.activeElement) === true) first.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || onDone === null || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onDone();
  }
  return (
    <form
      ref={form}
      className="shift-log-form"
      aria-label={isNew ? (part === 'event' ? say.addEvent : say.addRemark) : say.save}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {hasTime && (
        <input
          className="shift-log-when"
          aria-label={say.when}
          placeholder={isNew ? typedForm(props.now).slice(11) : ''}
          value={time}
          maxLength={20}
          onChange={({ target }) => setTime(target.value)}
        />
      )}
      <input
        ref={first}
        className="shift-log-what"
        aria-label={say.what}
        placeholder={isNew ? (part === 'event' ? say.addEvent : say.addRemark) : ''}
        value={text}
        maxLength={500}
        onChange={({ target }) => {
          setText(target.value);
          props.onTyped?.(target.value !== '');
        }}
      />
      <Button htmlType="submit" type={isNew ? 'default' : 'primary'}>
        {props.word}
      </Button>
      {onDone !== null && <Button onClick={onDone}>{say.cancel}</Button>}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </form>
  );
}
