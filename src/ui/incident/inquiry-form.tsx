/** 核实 from above: what was asked and until when; and what was answered. */
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { typedAfter, typedForm, typedMoment } from '../format.ts';
import { newId } from '../ids.ts';
import { incidentWords as say } from './words.ts';

export function InquiryForm(props: {
  readonly superiors: readonly string[];
  readonly now: number;
  readonly onSend: (ask: object) => Promise<string | null>;
  readonly onCancel: () => void;
}): ReactElement {
  const { now } = props;
  const id = useId();
  const [from, setFrom] = useState(props.superiors[0] ?? '');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(() => typedForm(now));
  const [due, setDue] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  async function send(): Promise<void> {
    const askedAt = typedMoment(asked, now);
    const dueAt = due.trim() === '' ? null : typedAfter(due, askedAt ?? now);
    if (askedAt === null) return setTrouble(say.form.badTime(say.inquiry.askedAt));
    if (due.trim() !== '' && dueAt === null) return setTrouble(say.form.badTime(say.inquiry.dueAt));
    const ask = { type: 'inquiry', inquiry: newId(), askedAt: Math.min(askedAt, now), dueAt, from, text };
    setTrouble(await props.onSend(ask));
  }
  return (
    <form
      className="incident-form"
      aria-label={say.inquiry.title}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{say.inquiry.title}</h2>
      <div className="incident-pair">
        <label>
          <span>{say.inquiry.from}</span>
          <input
            value={from}
            maxLength={200}
            list={`${id}-from`}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label>
          <span>{say.inquiry.askedAt}</span>
          <input value={asked} onChange={(event) => setAsked(event.target.value)} />
        </label>
        <label>
          <span>{say.inquiry.dueAt}</span>
          <input
            value={due}
            placeholder={say.inquiry.dueHint}
            onChange={(event) => setDue(event.target.value)}
          />
        </label>
      </div>
      <datalist id={`${id}-from`}>
        {props.superiors.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <label>
        <span>{say.inquiry.text}</span>
        <textarea
          rows={4}
          value={text}
          maxLength={12_000}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Foot trouble={trouble} word={say.inquiry.save} onCancel={props.onCancel} />
    </form>
  );
}

export function AnswerForm(props: {
  readonly inquiry: string;
  readonly asked: string;
  readonly now: number;
  readonly onSend: (ask: object) => Promise<string | null>;
  readonly onCancel: () => void;
}): ReactElement {
  const { now, inquiry } = props;
  const [text, setText] = useState('');
  const [when, setWhen] = useState(() => typedForm(now));
  const [trouble, setTrouble] = useState<string | null>(null);
  async function send(): Promise<void> {
    const at = typedMoment(when, now);
    if (at === null) return setTrouble(say.form.badTime(say.inquiry.answeredAt));
    setTrouble(await props.onSend({ type: 'answer', inquiry, answeredAt: Math.min(at, now), text }));
  }
  return (
    <form
      className="incident-form"
      aria-label={say.inquiry.answer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{say.inquiry.answer}</h2>
      <p className="note">{props.asked}</p>
      <label>
        <span>{say.inquiry.answeredAt}</span>
        <input value={when} onChange={(event) => setWhen(event.target.value)} />
      </label>
      <label>
        <span>{say.inquiry.answerText}</span>
        <textarea
          rows={4}
          value={text}
          maxLength={12_000}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Foot trouble={trouble} word={say.inquiry.answer} onCancel={props.onCancel} />
    </form>
  );
}

function Foot(props: {
  readonly trouble: string | null;
  readonly word: string;
  readonly onCancel: () => void;
}): ReactElement {
  return (
    <>
      {props.trouble !== null && (
        <p className="wrong" role="alert">
          {props.trouble}
        </p>
      )}
      <p className="incident-actions">
        <Button type="primary" htmlType="submit">
          {props.word}
        </Button>
        <Button onClick={props.onCancel}>{say.form.cancel}</Button>
      </p>
    </>
  );
}
