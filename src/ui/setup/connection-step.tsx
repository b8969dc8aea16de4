/** Step 1: what doctor finds at each PBX and on this machine, with what to do. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { CheckFinding, SetupView } from '../../web/protocol/setup-view.ts';
import { clockSecond } from '../format.ts';
import { Mark } from '../icons.tsx';
import { NextStep } from './next-step.tsx';
import { setupWords } from './setup-words.ts';
import type { Check } from './use-check.ts';

const say = setupWords.connection;

export function ConnectionStep(props: {
  readonly setup: SetupView;
  readonly check: Check;
  readonly onNext: (() => void) | null;
}): ReactElement {
  const { setup, check } = props;
  const nameOf = (id: string) => setup.pbxs.find((pbx) => pbx.id === id)?.name ?? id;
  return (
    <>
      <p className="note">{say.explain}</p>
      {setup.demo && <p className="bar-amber setup-said">{say.demo}</p>}
      {setup.pbxs.length === 0 && <p className="wrong">{say.none}</p>}
      <p className="panel-buttons">
        <Button onClick={check.run} disabled={check.runningFor !== null}>
          {say.check}
        </Button>
        <span role="timer">
          {check.runningFor !== null
            ? say.checking(check.runningFor)
            : check.view !== null && say.checkedAt(clockSecond(check.view.at))}
        </span>
        <NextStep onNext={props.onNext} />
      </p>
      {check.trouble !== null && (
        <p className="wrong" role="alert">
          {check.trouble}
        </p>
      )}
      {check.view?.groups.map(({ pbx, findings }) => (
        <section key={pbx ?? ''} className="card setup-group">
          <h3>{pbx === null ? say.machine : nameOf(pbx)}</h3>
          <ul>
            {findings.map((finding) => (
              <Found key={finding.what} finding={finding} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Found({ finding }: { readonly finding: CheckFinding }): ReactElement {
  const { kind, what, advice } = finding;
  const tone = { good: 'soft-green', note: 'soft-amber', bad: 'soft-red' }[kind];
  const mark = ({ good: 'tick', note: 'question', bad: 'triangle' } as const)[kind];
  return (
    <li className="setup-finding">
      <span className={`badge ${tone}`}>
        <Mark name={mark} />
        {say.kinds[kind]}
      </span>
      <div>
        <p>{what}</p>
        {advice !== null && (
          <p className="note">
            {say.fix}
            {advice}
          </p>
        )}
      </div>
    </li>
  );
}
