/** 动态验证码: on with a secret that is typed into a telephone and proved by a code, off with password and code. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { TotpOffer } from '../../web/protocol/own-account-view.ts';
import { type SecretField, SecretForm } from './secret-form.tsx';
import { beginTotp, confirmTotp, stopTotp } from './settings-api.ts';
import { settingsWords as say } from './settings-words.ts';

const PASSWORD: SecretField = {
  name: 'password',
  label: say.passwordNow,
  autoComplete: 'current-password',
};
const CODE: SecretField = { name: 'code', label: say.totpCode, autoComplete: 'one-time-code', digits: true };

type Step =
  | { readonly kind: 'rest'; readonly said: string | null }
  | { readonly kind: 'asked' }
  | { readonly kind: 'offered'; readonly offer: TotpOffer }
  | { readonly kind: 'stopping' };

const REST: Step = { kind: 'rest', said: null };

export function TotpCard(props: { readonly on: boolean; readonly onChanged: () => void }): ReactElement {
  const [step, setStep] = useState<Step>(REST);
  const cancel = () => setStep(REST);
  const rested = (said: string) => {
    setStep({ kind: 'rest', said });
    props.onChanged();
    return null;
  };
  return (
    <section className="card" aria-labelledby="totp-title">
      <h2 id="totp-title">{say.totpTitle}</h2>
      <p className="note">{props.on ? say.totpOn : say.totpOff}</p>
      {step.kind === 'rest' && (
        <>
          <p>
            <Button onClick={() => setStep({ kind: props.on ? 'stopping' : 'asked' })}>
              {props.on ? say.totpStop : say.totpBegin}
            </Button>
          </p>
          <p className="secret-right" role="status">
            {step.said ?? ''}
          </p>
        </>
      )}
      {step.kind === 'asked' && (
        <SecretForm
          label={say.totpBegin}
          fields={[PASSWORD]}
          submit={say.totpBegin}
          send={({ password = '' }) => beginTotp(password)}
          done={(offer) => {
            setStep({ kind: 'offered', offer });
            return null;
          }}
          onCancel={cancel}
        />
      )}
      {step.kind === 'offered' && (
        <SecretForm
          label={say.totpConfirm}
          fields={[CODE]}
          submit={say.totpConfirm}
          send={({ code = '' }) => confirmTotp(code.trim())}
          done={() => rested(say.totpDone)}
          onCancel={cancel}
        >
          <p className="note">{say.totpHint}</p>
          <dl className="totp-offer">
            <dt>{say.totpSecret}</dt>
            <dd className="totp-secret">{inFours(step.offer.secret)}</dd>
            <dt>{say.totpAddress}</dt>
            <dd className="totp-address">{step.offer.address}</dd>
          </dl>
        </SecretForm>
      )}
      {step.kind === 'stopping' && (
        <SecretForm
          label={say.totpStop}
          fields={[PASSWORD, CODE]}
          submit={say.totpStop}
          send={({ password = '', code = '' }) => stopTotp(password, code.trim())}
          done={() => rested(say.totpStopped)}
          onCancel={cancel}
        />
      )}
    </section>
  );
}

/** As a person copies it from screen to telephone. */
function inFours(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}
