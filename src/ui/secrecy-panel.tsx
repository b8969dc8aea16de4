/** 涉密误录处置: one click and a reason isolate at once; opening again and destroying are for those who may decide. */
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import type { ShutState } from '../duty/hand-written.ts';
import { type ShutAction, sendShut } from './send-shut.ts';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

/** What can be shut away: a call, a record or, by its name (`nameOfWritten`), what was written by hand. */
export interface SecrecyItem {
  readonly id: string;
  readonly shut: ShutState | null;
  /** How it is told from the others; of a single one: ''. */
  readonly name: string;
}

/** Shown under what it is about; of several one is chosen. */
export function Secrecy(props: {
  readonly of: 'call' | 'record' | 'text';
  readonly items: readonly SecrecyItem[];
  /** It was done: what is shown has to be read anew. */
  readonly onDone?: () => void;
}): ReactElement | null {
  const { items, of } = props;
  const role = useDeskState((state) => state.me?.role ?? 'auditor');
  const [open, setOpen] = useState(false);
  const decides = role === 'leader' || role === 'supervisor';
  if (role === 'administrator' || role === 'auditor') return null;
  const [only] = items.length === 1 ? items : [];
  if (only?.shut === 'destroyed') return <p className="note">{words.shut[of].destroyed}</p>;
  const possible = items.filter(({ shut }) => shut === null || (decides && shut === 'isolated'));
  if (possible.length === 0 && only === undefined) return null;
  return (
    <section className="secrecy">
      {only?.shut === 'isolated' && (
        <p className="wrong" role="status">
          {words.shut[of].isolated}
        </p>
      )}
      {possible.length > 0 && !open && (
        <button type="button" className="text-button" onClick={() => setOpen(true)}>
          {words.shut.open}
        </button>
      )}
      {possible.length > 0 && open && (
        <SecrecyPanel
          of={of}
          items={possible}
          decides={decides}
          onDone={() => {
            setOpen(false);
            props.onDone?.();
          }}
          onCancel={() => setOpen(false)}
        />
      )}
    </section>
  );
}

function SecrecyPanel(props: {
  readonly of: 'call' | 'record' | 'text';
  readonly items: readonly SecrecyItem[];
  readonly decides: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { items, decides } = props;
  const [chosen, setChosen] = useState('');
  const item = items.find(({ id }) => id === chosen) ?? items[0];
  const [reason, setReason] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const noReason = reason.trim().length < 2;

  async function act(action: ShutAction): Promise<void> {
    if (busy || item === undefined) return;
    setBusy(true);
    const refusal = await sendShut(item.id, action);
    setBusy(false);
    setPassword('');
    if (refusal === null) props.onDone();
    else setSaid(refusal.zh);
  }

  return (
    <section className="secrecy-panel" aria-label={words.shut.title}>
      <p className="note">{words.shut[props.of].hint}</p>
      {items.length > 1 && (
        <select
          aria-label={words.shut.which}
          // Opened by a key it goes on by keys.
          // biome-ignore lint/a11y/noAutofocus: it is the answer to what the person did.
          autoFocus
          value={item?.id}
          onChange={(event) => setChosen(event.target.value)}
        >
          {items.map(({ id, name, shut }) => (
            <option key={id} value={id}>
              {shut === null ? name : words.shut.isIsolated(name)}
            </option>
          ))}
        </select>
      )}
      <Input
        autoFocus={items.length === 1}
        aria-label={words.shut.reason}
        placeholder={words.shut.reason}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="panel-buttons">
        {item?.shut === null ? (
          <Button
            danger
            disabled={noReason}
            loading={busy}
            onClick={() => void act({ type: 'isolate', reason })}
          >
            {words.shut.isolate}
          </Button>
        ) : (
          <Button disabled={noReason} loading={busy} onClick={() => void act({ type: 'release', reason })}>
            {words.shut.release}
          </Button>
        )}
        <Button type="text" onClick={props.onCancel}>
          {words.shut.cancel}
        </Button>
      </p>
      {decides && (
        <div className="panel-buttons">
          <Input
            aria-label={words.shut.second}
            placeholder={words.shut.second}
            autoComplete="off"
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
          <Input.Password
            aria-label={words.shut.password}
            placeholder={words.shut.password}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Input
            aria-label={words.shut.code}
            placeholder={words.shut.code}
            autoComplete="off"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <Button
            danger
            type="primary"
            disabled={noReason || login === '' || password === ''}
            loading={busy}
            onClick={() =>
              void act({ type: 'destroy', reason, login, password, totp: code === '' ? null : code })
            }
          >
            {words.shut.destroy}
          </Button>
        </div>
      )}
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
    </section>
  );
}
