/** 系统: 接入向导, and later 自检. Steps on the left with what came of each, one step on the right. */
import './setup.css';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { ProofView, SetupView, TrialView } from '../../web/protocol/setup-view.ts';
import { Mark } from '../icons.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { ConnectionStep } from './connection-step.tsx';
import { DialStep } from './dial-step.tsx';
import { DirectoryStep } from './directory-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { usePolled } from './setup-api.ts';
import { setupWords as say } from './setup-words.ts';
import { SoundStep } from './sound-step.tsx';
import { type Known, STEPS, type Step, type Verdict, verdictOf } from './steps.ts';
import { useCheck } from './use-check.ts';

const TRIAL_MS = 1_000;
const PROOF_MS = 2_000;
const PROOF_QUIET_MS = 30_000;

export function SetupScreen(props: ScreenProps): ReactElement {
  const step = STEPS.find((one) => one === props.argument) ?? 'connection';
  const [watching, setWatching] = useState(false);
  const setup = usePolled<SetupView>('', null);
  const trial = usePolled<TrialView>('/trial', watching ? TRIAL_MS : null);
  const proof = usePolled<ProofView>('/proof', step === 'sound' ? PROOF_MS : PROOF_QUIET_MS);
  const check = useCheck();
  useEffect(() => setWatching(trial.value?.until != null), [trial.value]);
  const known: Known = {
    setup: setup.value,
    check: check.view,
    trial: trial.value,
    proof: proof.value,
  };
  const head = useRef<HTMLHeadingElement>(null);
  const go = (to: Step): void => {
    props.onGo('setup', to);
    setTimeout(() => head.current?.focus());
  };
  useScreenKeys((action) => {
    const to = typeof action === 'object' ? STEPS[action.element - 1] : undefined;
    if (to === undefined) return false;
    go(to);
    return true;
  });
  const next = STEPS[STEPS.indexOf(step) + 1];
  const onNext = next === undefined ? null : () => go(next);
  const trouble = setup.trouble ?? trial.trouble ?? proof.trouble;

  return (
    <main className="screen setup" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <p className="note">{say.explain}</p>
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <div className="setup-panes">
        <nav className="setup-steps" aria-label={say.title}>
          <ol>
            {STEPS.map((one, index) => (
              <li key={one}>
                <button
                  type="button"
                  className={one === step ? 'setup-step setup-here' : 'setup-step'}
                  aria-current={one === step ? 'step' : undefined}
                  onClick={() => go(one)}
                >
                  <span>
                    {index + 1} {say.steps[one]}
                  </span>
                  <VerdictBadge verdict={verdictOf(one, known)} />
                </button>
              </li>
            ))}
          </ol>
          <p role="status">{saidTotal(STEPS.map((one) => verdictOf(one, known)))}</p>
        </nav>
        <section className="setup-panel" aria-label={say.steps[step]}>
          <h2 ref={head} tabIndex={-1}>
            {say.steps[step]} <VerdictBadge verdict={verdictOf(step, known)} />
          </h2>
          {setup.value === null ? (
            <p className="empty-say">{say.loading}</p>
          ) : (
            <>
              {step === 'connection' && <ConnectionStep setup={setup.value} check={check} onNext={onNext} />}
              {step === 'dial' && (
                <DialStep
                  setup={setup.value}
                  trial={trial}
                  proof={proof.value}
                  onSaved={() => {
                    setup.reload();
                    trial.reload();
                    proof.reload();
                  }}
                  onNext={onNext}
                />
              )}
              {step === 'sound' && <SoundStep setup={setup.value} proof={proof.value} onNext={onNext} />}
              {step === 'people' && <PeopleStep setup={setup.value} onSaved={setup.reload} onNext={onNext} />}
              {step === 'directory' && (
                <DirectoryStep contacts={setup.value.contacts} onOpen={() => props.onGo('directory')} />
              )}
            </>
          )}
        </section>
      </div>
    </main>
  );
}

function VerdictBadge({ verdict }: { readonly verdict: Verdict }): ReactElement {
  const tone = { pass: 'soft-green', fail: 'soft-red', waiting: 'soft-grey' }[verdict];
  const mark = ({ pass: 'tick', fail: 'triangle', waiting: 'question' } as const)[verdict];
  return (
    <span className={`badge ${tone}`}>
      <Mark name={mark} />
      {say.verdict[verdict]}
    </span>
  );
}

function saidTotal(verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter((verdict) => verdict === 'fail').length;
  if (failed > 0) return say.all.fail(failed);
  return verdicts.includes('waiting') ? say.all.waiting : say.all.pass;
}
