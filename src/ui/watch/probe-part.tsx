/** 拨测 of a line: begin one, follow the four steps of the one that runs, and what the last ones came to. */
import './probe.css';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { SCOPES, type Scope } from '../../diagnosis/suspicion.ts';
import type { ProbeResultView, ProbeStepView, ProbeView } from '../../web/protocol/probe-view.ts';
import { clockSecond, listMoment } from '../format.ts';
import { Mark, type MarkName } from '../icons.tsx';
import type { Tone } from '../state-mark.tsx';
import { useMay } from '../use-may.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import { Folded, ofProbe } from './evidence-item.tsx';
import { evidenceWords } from './evidence-words.ts';
import { ProbeSound } from './probe-sound.tsx';
import { probeWords as words } from './probe-words.ts';
import { saidOfNetwork } from './saying.ts';
import { isUnderWay, type Probes, startProbe, stopProbe } from './watch-api.ts';
import { watchWords as say } from './words.ts';

export function ProbePart(props: {
  readonly line: string;
  readonly shown: Probes;
  readonly now: number;
  readonly onAsked: () => void;
}): ReactElement {
  const { line, shown, now } = props;
  const mayAsk = useMay('probe');
  const [scope, setScope] = useState<Scope>('always');
  const [consent, setConsent] = useState(false);
  const keys = useOwnKeys();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const probes = shown.kind === 'probes' ? shown.probes : [];
  const isOff = shown.kind === 'probes' && !shown.placed;
  const running = probes.filter(isUnderWay);
  const over = probes.filter((probe) => !isUnderWay(probe));
  async function ask(): Promise<void> {
    if (isOff) {
      setSaid(words.off);
      return;
    }
    setAsking(true);
    const refusal = await startProbe(line, scope, scope !== 'always' && consent);
    setSaid(refusal);
    setAsking(false);
    // It was given for this one.
    if (refusal === null) setConsent(false);
    props.onAsked();
  }
  async function stop(probe: string): Promise<void> {
    setSaid(await stopProbe(probe));
    props.onAsked();
  }
  return (
    <section className="watch-probes" aria-label={words.title}>
      {mayAsk && (
        <p className="panel-buttons">
          {!isOff && (
            <label>
              {words.scope}{' '}
              <select
                value={scope}
                onChange={(event) => {
                  setScope(event.target.value as Scope);
                  setConsent(false);
                }}
              >
                {SCOPES.map((one) => (
                  <option key={one} value={one}>
                    {say.scopes[one]}
                  </option>
                ))}
              </select>
            </label>
          )}
          {!isOff && scope !== 'always' && (
            <label>
              <input
                type="checkbox"
                checked={consent}
                onChange={(event) => setConsent(event.target.checked)}
              />{' '}
              {words.consent}
            </label>
          )}
          <Button
            type={isOff ? 'default' : 'primary'}
            data-key="probe"
            aria-disabled={isOff}
            disabled={asking || running.length > 0}
            onClick={() => void ask()}
          >
            {asking ? words.asking : `${words.start}${keys.behind('watch-probe')}`}
          </Button>
        </p>
      )}
      {isOff && said === null && <p className="note">{words.off}</p>}
      {shown.kind === 'failed' && <p className="wrong">{words.failed}</p>}
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
      {running.map((probe) => (
        <Running key={probe.id} probe={probe} onStop={mayAsk ? () => void stop(probe.id) : null} />
      ))}
      {over.slice(0, 1).map((probe) => (
        <Last key={probe.id} probe={probe} now={now} />
      ))}
    </section>
  );
}

const STEP_LOOK: Readonly<Record<ProbeStepView['state'], { readonly tone: Tone; readonly mark: MarkName }>> =
  {
    waiting: { tone: 'grey', mark: 'ring' },
    running: { tone: 'cyan', mark: 'wave' },
    good: { tone: 'green', mark: 'tick' },
    bad: { tone: 'amber', mark: 'question' },
    unknown: { tone: 'grey', mark: 'hatched' },
    skipped: { tone: 'grey', mark: 'dash' },
  };

/** 拨出 → 振铃 → 回铃音 → 到达核对. */
function Steps({ steps }: Pick<ProbeView, 'steps'>): ReactElement {
  return (
    <ol className="watch-steps">
      {steps.map(({ step, state, seconds }) => {
        const { tone, mark } = STEP_LOOK[state];
        return (
          <li key={step} className={`soft-${tone}`} aria-current={state === 'running' ? 'step' : undefined}>
            <Mark name={mark} />
            {words.steps[step]} <b>{words.stepStates[state]}</b>
            {seconds !== null && <span>{words.seconds(seconds.toFixed(1))}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Running({
  probe,
  onStop,
}: {
  readonly probe: ProbeView;
  /** Null: not for this visitor. */
  readonly onStop: (() => void) | null;
}): ReactElement {
  return (
    <div className="watch-running" role="status">
      <p>
        {probe.state === 'waiting' ? words.waiting : words.running(clockSecond(probe.at))}
        <span className="note">{say.range(say.scopes[probe.scope])}</span>
        {onStop !== null && (
          <Button size="small" onClick={onStop}>
            {words.end}
          </Button>
        )}
      </p>
      <Steps steps={probe.steps} />
    </div>
  );
}

function Last({ probe, now }: { readonly probe: ProbeView; readonly now: number }): ReactElement {
  const { result } = probe;
  const by = probe.askedBy === null ? words.bySchedule : words.by(probe.askedBy);
  return (
    <details className="watch-last">
      <summary>
        {listMoment(probe.at, now)} {words.title}　{say.range(say.scopes[probe.scope])}　{by}
        {result !== null && `　${words.result(words.endings[result.ending])}`}
      </summary>
      <Steps steps={probe.steps} />
      {result !== null && (
        <>
          <p>{resultSentences(result).join('')}</p>
          <ProbeSound probe={probe} stretch={null} />
        </>
      )}
      <Folded technical={ofProbe(probe)} />
    </details>
  );
}

function resultSentences({ heard, arrived, passedOn, why }: ProbeResultView): readonly string[] {
  return [
    heard === null
      ? words.nothingHeard
      : words.heard(evidenceWords.heard[heard.verdict], Math.round(heard.confidence * 100)),
    arrived === null ? words.notAsked : arrived ? words.arrived : words.notArrived,
    ...saidOfNetwork(passedOn),
    ...(why === null ? [] : [say.why[why]]),
  ];
}
