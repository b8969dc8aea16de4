/** A form of secrets: nothing typed is cleared by a refusal but the secret that was refused; what came of it stands below. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, type ReactNode, useId, useRef, useState } from 'react';
import type { Answer } from './settings-api.ts';
import { settingsWords as say } from './settings-words.ts';

export interface SecretField {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly digits?: boolean;
}

type Said = { readonly tone: 'wrong' | 'right'; readonly zh: string } | null;

export function SecretForm<Body>(props: {
  readonly label: string;
  readonly fields: readonly SecretField[];
  readonly submit: string;
  /** A sentence when what was typed cannot be sent. */
  readonly objection?: (values: Readonly<Record<string, string>>) => string | null;
  readonly send: (values: Readonly<Record<string, string>>) => Promise<Answer<Body>>;
  /** What to say when it is done; null: the form goes. */
  readonly done: (body: Body) => string | null;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
}): ReactElement {
  const { fields } = props;
  const id = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const form = useRef<HTMLFormElement>(null);

  function focus(name: string | undefined): void {
    const wanted = [...(form.current?.querySelectorAll('input') ?? [])].find((input) => input.name === name);
    wanted?.focus();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const missing = fields.find(({ name }) => (values[name] ?? '') === '');
    if (missing !== undefined) return focus(missing.name);
    const objection = props.objection?.(values) ?? null;
    if (objection !== null) return setSaid({ tone: 'wrong', zh: objection });
    setBusy(true);
    const answer = await props.send(values);
    setBusy(false);
    if (!answer.ok) {
      setSaid({ tone: 'wrong', zh: answer.refusal.zh });
      if (answer.refusal.code !== 'wrong-password') return;
      setValues({ ...values, password: '' });
      return focus('password');
    }
    setValues({});
    const zh = props.done(answer.body);
    setSaid(zh === null ? null : { tone: 'right', zh });
  }

  return (
    <form
      ref={form}
      className="secret-form"
      aria-label={props.label}
      onSubmit={(event) => void submit(event)}
    >
      {props.children}
      {fields.map(({ name, label, autoComplete, digits }) => (
        <div key={name} className="secret-line">
          <label htmlFor={`${id}-${name}`}>{label}</label>
          <input
            id={`${id}-${name}`}
            name={name}
            type={autoComplete === 'one-time-code' ? 'text' : 'password'}
            inputMode={digits === true ? 'numeric' : 'text'}
            autoComplete={autoComplete}
            maxLength={digits === true ? 16 : 128}
            value={values[name] ?? ''}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
          />
        </div>
      ))}
      <div className="secret-line">
        <span />
        <span className="secret-buttons">
          <Button type="primary" htmlType="submit">
            {busy ? say.saving : props.submit}
          </Button>
          {props.onCancel !== undefined && <Button onClick={props.onCancel}>{say.cancel}</Button>}
        </span>
      </div>
      <p className={said?.tone === 'right' ? 'secret-right' : 'wrong'} role="alert">
        {said?.zh ?? ''}
      </p>
    </form>
  );
}
