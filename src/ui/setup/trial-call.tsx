/** One call of 试拨: everything the PBX said of it, what is wrong, and what to do. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { LinePart, SetupView, TrialCallView } from '../../web/protocol/setup-view.ts';
import { clockSecond } from '../format.ts';
import { Mark } from '../icons.tsx';
import { OutsideText } from '../outside-text.tsx';
import { setupWords } from './setup-words.ts';
import { trialTrouble } from './steps.ts';

const say = setupWords.dial;

export function TrialCallCard(props: {
  readonly call: TrialCallView;
  readonly at: number;
  readonly setup: SetupView;
  readonly onSet: (call: TrialCallView) => void;
  readonly onEdit: (line: LinePart) => void;
}): ReactElement {
  const { call, setup } = props;
  const trouble = trialTrouble(call, props.at);
  const line = setup.lines.find(({ id }) => id === call.line);
  const pbx = setup.pbxs.find(({ id }) => id === call.pbx);
  const hasDid = call.did !== '' && call.did !== 's';
  return (
    <article className="card setup-call" aria-label={say.call(clockSecond(call.arrivedAt))}>
      <h4>
        {say.call(clockSecond(call.arrivedAt))}
        {call.answeredBy !== null && <span className="note">{say.answeredBy(call.answeredBy)}</span>}
        {call.endedAt !== null && <span className="note">{say.over}</span>}
      </h4>
      <dl className="setup-facts">
        <dt>{say.did}</dt>
        <dd>{hasDid ? <OutsideText text={call.did} /> : say.noDid}</dd>
        <dt>{say.trunk}</dt>
        <dd>{call.trunk}</dd>
        <dt>{say.caller}</dt>
        <dd>
          {call.tampered ? (
            say.unreadable
          ) : call.caller === null ? (
            say.hidden
          ) : (
            <OutsideText text={call.caller} />
          )}
        </dd>
        <dt>{say.rang}</dt>
        <dd>{call.rang.length === 0 ? say.nobody : call.rang.join('、')}</dd>
      </dl>
      {trouble === null ? (
        line !== undefined && (
          <p className="setup-good">
            <Mark name="tick" />
            {say.ofLine(line.number)}
          </p>
        )
      ) : (
        <p className="setup-bad">
          <Mark name="triangle" />
          {say.troubles[trouble](call.trunk)}
        </p>
      )}
      {trouble === 'unknown-trunk' && pbx !== undefined && (
        <>
          <p>{say.yamlOf(pbx.name)}</p>
          <pre className="setup-yaml">{`  - id: ${pbx.id}\n    trunks: [${[...pbx.trunks, call.trunk].join(', ')}]`}</pre>
        </>
      )}
      {trouble === 'no-line' && (
        <Button type="primary" onClick={() => props.onSet(call)}>
          {say.set}
        </Button>
      )}
      {line !== undefined && (
        <Button size="small" onClick={() => props.onEdit(line)}>
          {say.edit}
        </Button>
      )}
    </article>
  );
}
