/** 无主录音: files of no call, with the calls they may belong to; a person attaches one or says it is nobody's. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import type { RecordingDeskView, StrayView } from '../web/protocol/recording-desk-view.ts';
import { isolated } from './bidi.ts';
import { Card } from './card.tsx';
import { listMoment, size } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import type { RecordingDeskState } from './recording-desk-api.ts';
import { words } from './words.ts';

export function StrayList(props: {
  readonly desk: RecordingDeskState;
  readonly view: RecordingDeskView;
  readonly openCall: string | null;
  readonly onOpenCall: (call: string) => void;
}): ReactElement {
  const { view } = props;
  const say = words.recordingDesk;
  const [said, setSaid] = useState<string | null>(null);
  const act = (stray: string, what: 'attach' | 'ignore', body: unknown): void =>
    void props.desk.act(`/api/strays/${encodeURIComponent(stray)}/${what}`, body).then(setSaid);
  return (
    <Card title={say.strays(view.strayTotal)}>
      <p className="note">{view.strayTotal === 0 ? say.noStrays : say.straysHint}</p>
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
      <ul className="card-rows">
        {view.strays.map((stray) => (
          <Stray key={stray.id} {...props} stray={stray} act={act} />
        ))}
      </ul>
    </Card>
  );
}

function Stray(props: {
  readonly stray: StrayView;
  readonly view: RecordingDeskView;
  readonly openCall: string | null;
  readonly onOpenCall: (call: string) => void;
  readonly act: (stray: string, what: 'attach' | 'ignore', body: unknown) => void;
}): ReactElement {
  const { stray, view, openCall, act } = props;
  const say = words.recordingDesk;
  const [why, setWhy] = useState<string | null>(null);
  function ignore(event: FormEvent): void {
    event.preventDefault();
    if (why === null || why.trim().length < 2) return;
    act(stray.id, 'ignore', { reason: why.trim() });
    setWhy(null);
  }
  return (
    <li className="stray">
      <time>{listMoment(stray.modifiedAt, view.at)}</time>
      <span className="row-text" title={isolated(stray.name)}>
        <OutsideText text={stray.name} />
      </span>
      <span className="note">{size(stray.bytes)}</span>
      {stray.suggestions.map((one) => (
        <span key={one.call} className="stray-call">
          {say.suggested}{' '}
          <button type="button" className="text-button" onClick={() => props.onOpenCall(one.call)}>
            {listMoment(one.startedAt, view.at)} <OutsideText text={one.number ?? words.numberHidden} />
          </button>
          <span className="note">{say.suggestion[one.why]}</span>
          <Button size="small" onClick={() => act(stray.id, 'attach', { call: one.call })}>
            {say.attach}
          </Button>
        </span>
      ))}
      {openCall !== null && (
        <Button size="small" onClick={() => act(stray.id, 'attach', { call: openCall })}>
          {say.attachOther}
        </Button>
      )}
      {why === null ? (
        <Button size="small" type="text" onClick={() => setWhy('')}>
          {say.ignore}
        </Button>
      ) : (
        <form className="ignore" onSubmit={ignore}>
          <input
            type="text"
            aria-label={say.ignoreWhy}
            placeholder={say.ignoreWhy}
            maxLength={200}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button size="small" htmlType="submit" disabled={why.trim().length < 2}>
            {say.ignore}
          </Button>
        </form>
      )}
    </li>
  );
}
