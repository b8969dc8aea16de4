/** 设为值班电话: begins with what arrived; Enter saves, and calls are told apart by it from the next one on. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { LinePart, SetupView } from '../../web/protocol/setup-view.ts';
import { FormEnd } from '../form-end.tsx';
import { sendSetup } from './setup-api.ts';
import { setupWords } from './setup-words.ts';
import { typedList } from './steps.ts';

const say = setupWords.line;

export function LineForm(props: {
  readonly setup: SetupView;
  readonly start: LinePart;
  readonly was: LinePart | null;
  readonly onSaved: (line: LinePart) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { setup, start, was } = props;
  const [line, setLine] = useState(start);
  const [dids, setDids] = useState(start.dids.join(', '));
  const [phones, setPhones] = useState(start.phones.join(', '));
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const pbx = setup.pbxs.find(({ id }) => id === line.pbx);

  async function save(): Promise<void> {
    if (busy) return;
    const put = { ...line, number: line.number.trim(), dids: typedList(dids), phones: typedList(phones) };
    setBusy(true);
    const answer = await sendSetup('/parts', { kind: 'line', put, was });
    setBusy(false);
    setTrouble(answer.ok ? null : answer.zh);
    if (answer.ok) props.onSaved(put);
  }

  return (
    <form
      className="card setup-form"
      aria-label={was === null ? say.title : say.change}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{was === null ? say.title : say.change}</h3>
      <label>
        <span>{say.number}</span>
        <input
          ref={first}
          value={line.number}
          placeholder={say.numberHint}
          onChange={({ target }) => setLine({ ...line, number: target.value })}
        />
      </label>
      <label>
        <span>{say.room}</span>
        <select value={line.room} onChange={({ target }) => setLine({ ...line, room: target.value })}>
          {setup.rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say.dids}</span>
        <input value={dids} onChange={({ target }) => setDids(target.value)} />
        <small className="note">{say.didsHint}</small>
      </label>
      <fieldset>
        <legend>{say.trunks}</legend>
        {(pbx?.trunks ?? []).map((trunk) => (
          <label key={trunk} className="setup-check">
            <input
              type="checkbox"
              checked={line.trunks.includes(trunk)}
              onChange={({ target }) =>
                setLine({
                  ...line,
                  trunks: target.checked
                    ? [...line.trunks, trunk]
                    : line.trunks.filter((other) => other !== trunk),
                })
              }
            />
            {trunk}
          </label>
        ))}
        <small className="note">{say.trunksHint}</small>
      </fieldset>
      <label>
        <span>{say.phones}</span>
        <input value={phones} onChange={({ target }) => setPhones(target.value)} />
        <small className="note">{say.phonesHint}</small>
      </label>
      <label>
        <span>{say.recording}</span>
        <select
          value={line.recording}
          onChange={({ target }) =>
            setLine({
              ...line,
              recording: pbx?.recordings.find((way) => way === target.value) ?? line.recording,
            })
          }
        >
          {(pbx?.recordings ?? [line.recording]).map((way) => (
            <option key={way} value={way}>
              {say.recordings[way]}
            </option>
          ))}
        </select>
      </label>
      <p className="note">{say.keptIn}</p>
      <FormEnd
        trouble={trouble}
        row="panel-buttons"
        send={busy ? setupWords.saving : setupWords.save}
        busy={busy}
        cancel={setupWords.cancel}
        onCancel={props.onCancel}
      />
    </form>
  );
}
