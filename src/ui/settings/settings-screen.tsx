/** 设置: one's own password, PIN and one-time codes; how this place sounds and looks; the keys. */
import './settings.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import type { OwnAccountView } from '../../web/protocol/own-account-view.ts';
import type { Sound } from '../alarms.ts';
import { APPEARANCES, chooseAppearance, useChosenAppearance } from '../night.ts';
import { useDesk } from '../use-desk.tsx';
import { KeysCard } from './keys-card.tsx';
import { type SecretField, SecretForm } from './secret-form.tsx';
import { changePassword, changePin, useOwnAccount } from './settings-api.ts';
import { settingsWords as say } from './settings-words.ts';
import { TotpCard } from './totp-card.tsx';

const PASSWORD: SecretField = { name: 'password', label: say.passwordNow, autoComplete: 'current-password' };
const NEXT: readonly SecretField[] = [
  { name: 'next', label: say.passwordNext, autoComplete: 'new-password' },
  { name: 'again', label: say.passwordAgain, autoComplete: 'new-password' },
];
const PIN: readonly SecretField[] = [
  { name: 'next', label: say.pinNext, autoComplete: 'off', digits: true },
  { name: 'again', label: say.pinAgain, autoComplete: 'off', digits: true },
];
const SOUNDS: readonly Sound[] = ['ring', 'missed', 'down', 'clock'];

export function SettingsScreen(): ReactElement {
  const { account, trouble, reload } = useOwnAccount();
  return (
    <main className="screen settings" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {account === null && trouble === null && <p className="empty-say">{say.loading}</p>}
      <div className="settings-cards">
        {account !== null && (
          <div>
            <AccountCard account={account} />
            <PasswordCard onChanged={reload} />
          </div>
        )}
        {account !== null && (
          <div>
            <PinCard account={account} onChanged={reload} />
            <TotpCard on={account.totp} onChanged={reload} />
          </div>
        )}
        <div>
          <SoundCard />
          <AppearanceCard />
        </div>
      </div>
      <KeysCard />
    </main>
  );
}

function AccountCard({ account }: { readonly account: OwnAccountView }): ReactElement {
  const { login, name, role, unit, person, otherSessions } = account;
  return (
    <section className="card" aria-labelledby="account-title">
      <h2 id="account-title">{say.account}</h2>
      <dl className="settings-facts">
        <dt>{say.login}</dt>
        <dd>
          {login}
          {name === login ? '' : `　${name}`}
        </dd>
        <dt>{say.role}</dt>
        <dd>{say.roles[role]}</dd>
        <dt>{say.unit}</dt>
        <dd>{unit}</dd>
        <dt>{say.person}</dt>
        <dd>{person ?? say.shared}</dd>
      </dl>
      <p className="note">{say.others(otherSessions)}</p>
    </section>
  );
}

function PasswordCard(props: { readonly onChanged: () => void }): ReactElement {
  return (
    <section className="card" aria-labelledby="password-title">
      <h2 id="password-title">{say.passwordTitle}</h2>
      <p className="note">{say.passwordRule}</p>
      <p className="note">{say.passwordEffect}</p>
      <SecretForm
        label={say.passwordTitle}
        fields={[PASSWORD, ...NEXT]}
        submit={say.change}
        objection={({ next, again }) => (next === again ? null : say.passwordDiffers)}
        send={({ password = '', next = '' }) => changePassword(password, next)}
        done={({ ended }) => {
          props.onChanged();
          return say.passwordDone(ended);
        }}
      />
    </section>
  );
}

function PinCard(props: { readonly account: OwnAccountView; readonly onChanged: () => void }): ReactElement {
  const { person, hasPin } = props.account;
  return (
    <section className="card" aria-labelledby="pin-title">
      <h2 id="pin-title">{say.pinTitle}</h2>
      {person === null ? (
        <p className="note">{say.pinNoPerson}</p>
      ) : (
        <>
          <p className="note">
            {hasPin ? say.pinSet : say.pinNone}
            {say.pinRule}
          </p>
          <SecretForm
            label={say.pinTitle}
            fields={[PASSWORD, ...PIN]}
            submit={say.save}
            objection={({ next, again }) => (next === again ? null : say.pinDiffers)}
            send={({ password = '', next = '' }) => changePin(password, next)}
            done={() => {
              props.onChanged();
              return say.pinDone;
            }}
          />
        </>
      )}
    </section>
  );
}

function SoundCard(): ReactElement {
  const { sound } = useDesk();
  const [volume, setVolume] = useState(sound.volume());
  useEffect(() => sound.subscribe(() => setVolume(sound.volume())), [sound]);
  const percent = Math.round(volume * 100);
  return (
    <section className="card" aria-labelledby="sound-title">
      <h2 id="sound-title">{say.soundTitle}</h2>
      <div className="settings-volume">
        <label htmlFor="volume">{say.volume}</label>
        <input
          id="volume"
          type="range"
          min={10}
          max={100}
          step={5}
          value={percent}
          onChange={(event) => sound.setVolume(Number(event.target.value) / 100)}
        />
        <output htmlFor="volume">{percent}%</output>
      </div>
      <p className="settings-tests">
        {say.soundTest}
        {SOUNDS.map((name) => (
          <Button key={name} size="small" onClick={() => sound.play(name, 1)}>
            {say.sounds[name]}
          </Button>
        ))}
      </p>
      <p className="note">{say.soundFloor}</p>
    </section>
  );
}

function AppearanceCard(): ReactElement {
  const chosen = useChosenAppearance();
  return (
    <section className="card" aria-labelledby="appearance-title">
      <h2 id="appearance-title">{say.appearanceTitle}</h2>
      <div className="settings-choice" role="radiogroup" aria-labelledby="appearance-title">
        {APPEARANCES.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="appearance"
              checked={value === chosen}
              onChange={() => chooseAppearance(value)}
            />
            {say.appearances[value]}
          </label>
        ))}
      </div>
      <p className="note">{say.appearanceHint}</p>
    </section>
  );
}
