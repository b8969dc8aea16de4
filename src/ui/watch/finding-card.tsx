/** One finding: what it is, what it rests on, what to look into, and what people decided of it and why. */
import './finding.css';
import { Button } from 'antd';
import { type ReactElement, useRef, useState } from 'react';
import { type FindingDecision, mayFollow } from '../../diagnosis/finding.ts';
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import type { FindingView } from '../../web/protocol/watch-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { ScreenProps } from '../screens.tsx';
import { Secrecy } from '../secrecy-panel.tsx';
import { Badge } from '../state-mark.tsx';
import { useMay } from '../use-may.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import { DecisionForm } from './decision-form.tsx';
import { EvidenceItem } from './evidence-item.tsx';
import { reasonsOf } from './hand-written.ts';
import { FINDING_LOOK } from './verdicts.ts';
import { watchWords as say } from './words.ts';

const CHOICES = [
  { decision: 'finding-confirmed', key: 'confirm', word: say.findings.confirm },
  { decision: 'finding-dismissed', key: 'dismiss', word: say.findings.dismiss },
  { decision: 'finding-closed', key: 'close', word: say.findings.close },
] as const satisfies readonly { decision: FindingDecision; key: string; word: string }[];

/** Evidence that is shown at once; the rest unfolds. */
const FIRST_SHOWN = 2;

export function FindingCard(
  props: {
    readonly finding: FindingView;
    readonly probes: readonly ProbeView[];
    readonly now: number;
    readonly onChanged: () => void;
  } & Pick<ScreenProps, 'onGo'>,
): ReactElement {
  const { finding, now } = props;
  const mayDecide = useMay('decide-finding');
  const [deciding, setDeciding] = useState<FindingDecision | null>(null);
  const card = useRef<HTMLElement>(null);
  const keys = useOwnKeys();
  const look = FINDING_LOOK[finding.state];
  const choices = CHOICES.filter(({ decision }) => mayFollow(finding.state, decision));
  const newest = finding.evidence.slice(0, FIRST_SHOWN);
  const earlier = finding.evidence.slice(FIRST_SHOWN);
  const item = (one: FindingView['evidence'][number]): ReactElement => (
    <EvidenceItem
      key={`${one.at} ${one.call ?? one.probe ?? ''}`}
      kind={finding.kind}
      view={one}
      probe={props.probes.find(({ id }) => id === one.probe) ?? null}
      now={now}
      onGo={props.onGo}
    />
  );
  return (
    <article
      ref={card}
      tabIndex={-1}
      className={`watch-finding watch-finding-${finding.state}`}
      aria-label={`${say.findingStates[finding.state]} ${say.kinds[finding.kind]}`}
    >
      <header>
        <Badge tone={look.tone} mark={look.mark} word={say.findingStates[finding.state]} />
        <strong>{say.kinds[finding.kind]}</strong>
        <span className="note">
          {say.findings.seen(
            listMoment(finding.openedAt, now),
            listMoment(finding.lastAt, now),
            finding.times,
          )}
        </span>
      </header>
      <ul className="watch-evidence" aria-label={say.findings.evidence}>
        {newest.map(item)}
      </ul>
      {earlier.length > 0 && (
        <details>
          <summary>{say.findings.earlier(earlier.length)}</summary>
          <ul className="watch-evidence">{earlier.map(item)}</ul>
        </details>
      )}
      {choices.length > 0 && <p className="watch-advice">{say.advice[finding.kind]}</p>}
      <History finding={finding} now={now} />
      <Secrecy of="text" items={reasonsOf(finding)} onDone={props.onChanged} />
      {choices.length > 0 &&
        (mayDecide ? (
          <p className="panel-buttons">
            {choices.map(({ decision, key, word }) => (
              <Button
                key={decision}
                data-key={key}
                type={decision === 'finding-confirmed' ? 'primary' : 'default'}
                aria-expanded={deciding === decision}
                onClick={() => setDeciding(decision)}
              >
                {word}
                {keys.behind(key === 'confirm' ? 'confirm' : `watch-${key}`)}
              </Button>
            ))}
          </p>
        ) : (
          <p className="note">{say.findings.mayNot}</p>
        ))}
      {deciding !== null && mayFollow(finding.state, deciding) && (
        <DecisionForm
          key={deciding}
          finding={finding.id}
          decision={deciding}
          onDone={() => {
            setDeciding(null);
            // The card may go among those that are dealt with: the keyboard stays where the next one is.
            card.current?.closest<HTMLElement>('.watch-panel')?.focus();
            props.onChanged();
          }}
          onClose={() => {
            setDeciding(null);
            card.current?.focus();
          }}
        />
      )}
    </article>
  );
}

function History({
  finding: { notes },
  now,
}: {
  readonly finding: FindingView;
  readonly now: number;
}): ReactElement | null {
  if (notes.length === 0) return null;
  return (
    <ul className="watch-history" aria-label={say.findings.history}>
      {notes.map((note) => (
        <li key={note.at}>
          {say.findings.note(
            listMoment(note.at, now),
            note.by ?? say.findings.somebody,
            say.findings.decisions[note.decision],
          )}
          {note.text !== '' && (
            <>
              ：<OutsideText text={note.text} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
