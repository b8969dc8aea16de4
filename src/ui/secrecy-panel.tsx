/** 涉密误录处置: one click and a reason isolate at once; opening again and destroying are for those who may decide. */
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import { type ShutAction, sendShut } from './send-shut.ts';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

/** Shown under the facts of a call. */
export function Secrecy({ call }: { readonly call: CallView }): ReactElement | null {
  const role = useDeskState((state) => state.me?.role ?? 'auditor');
  const [open, setOpen] = useState(false);
  const decides = role === 'leader' || role === 'supervisor';
  if (role === 'administrator' || role === 'auditor') return null;
  if (call.shut === 'destroyed') return <p className="note">{words.shut.destroyed}</p>;
  return (
    <section className="secrecy">
      {call.shut === 'isolated' && (
        <p className="wrong" role="status">
          {words.shut.isolated}
        </p>
      )}
      {(call.shut === null || decides) && !open && (
        <button type="button" className="text-button" onClick={() => setOpen(true)}>
          {words.shut.open}
        </button>
      )}
      {open && <SecrecyPanel call={call} decides={decides} onClose={() => setOpen(false)} />}
    </section>
  );
}

function SecrecyPanel(props: {
  readonly call: CallView;
  readonly decides: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { call, decides } = props;
  const [reason, setReason] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const noReason = reason.trim().length < 2;

  async function act(action: ShutAction): Promise<void> {
    if (busy) return;
    setBusy(true);
    const refusal = await sendShut(call.id, action);
    setBusy(false);
    setPassword('');
    if (refusal === null) props.onClose();
    else setSaid(refusal.zh);
  }

  return (
    <section className="secrecy-panel" aria-label={words.shut.title}>
      <p className="note">{words.shut.hint}</p>
      <Input
        autoFocus
        aria-label={words.shut.reason}
        placeholder={words.shut.reason}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="panel-buttons">
        {call.shut === null ? (
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
        <Button type="text" onClick={props.onClose}>
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
