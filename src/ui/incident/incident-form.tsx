/** 新建, from a record or by hand, and 更正: when it happened, when we heard of it, how grave it is, what it is. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { LEVEL_NAMES } from '../../duty/incident-names.ts';
import { LEVELS, type Level } from '../../duty/report-limits.ts';
import { typedForm, typedMoment } from '../format.ts';
import { FormFrame, LongText } from './form-frame.tsx';
import { incidentWords as say } from './words.ts';

export interface IncidentDraft {
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly level: Level;
  readonly title: string;
  readonly text: string;
}

export function IncidentForm(props: {
  readonly heading: string;
  readonly draft: IncidentDraft;
  readonly now: number;
  /** Null when it was written, else why not. */
  readonly onSave: (said: IncidentDraft) => Promise<string | null>;
  readonly onCancel: () => void;
  /** Another way out. */
  readonly otherwise?: readonly [word: string, act: () => void];
}): ReactElement {
  const { draft, now } = props;
  const first = useRef<HTMLInputElement>(null);
  // What was opened by a key goes on by keys.
  useEffect(() => first.current?.focus(), []);
  const [title, setTitle] = useState(draft.title);
  const [text, setText] = useState(draft.text);
  const [level, setLevel] = useState<Level>(draft.level);
  const [occurred, setOccurred] = useState(draft.occurredAt === null ? '' : typedForm(draft.occurredAt));
  const [received, setReceived] = useState(typedForm(draft.receivedAt));
  const [trouble, setTrouble] = useState<string | null>(null);

  async function save(): Promise<void> {
    const occurredAt = occurred.trim() === '' ? null : typedMoment(occurred, now);
    const receivedAt = typedMoment(received, now);
    if (occurred.trim() !== '' && occurredAt === null) return setTrouble(say.form.badTime(say.occurredAt));
    if (receivedAt === null) return setTrouble(say.form.badTime(say.receivedAt));
    setTrouble(await props.onSave({ occurredAt, receivedAt, level, title, text }));
  }

  return (
    <FormFrame
      title={props.heading}
      word={say.form.save}
      trouble={trouble}
      onSend={() => void save()}
      onCancel={props.onCancel}
      otherwise={props.otherwise}
    >
      <label>
        <span>{say.form.title}</span>
        <input
          ref={first}
          value={title}
          maxLength={200}
          placeholder={say.form.titleHint}
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <div className="incident-pair">
        <label>
          <span>{say.receivedAt}</span>
          <input value={received} onChange={(event) => setReceived(event.target.value)} />
        </label>
        <label>
          <span>{say.occurredAt}</span>
          <input
            value={occurred}
            placeholder={say.form.occurredHint}
            onChange={(event) => setOccurred(event.target.value)}
          />
        </label>
        <label>
          <span>{say.level}</span>
          <select
            value={level}
            onChange={(event) => setLevel(LEVELS.find((one) => one === event.target.value) ?? 'unrated')}
          >
            {LEVELS.map((one) => (
              <option key={one} value={one}>
                {LEVEL_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <LongText label={say.form.text} value={text} rows={5} hint={say.form.textHint} onChange={setText} />
    </FormFrame>
  );
}
