/** 经过 of an incident: who did what when, and why. */
import type { ReactElement } from 'react';
import type { IncidentView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { incidentWords as say } from './words.ts';

export function IncidentSteps({
  steps,
  now,
}: {
  readonly steps: IncidentView['steps'];
  readonly now: number;
}): ReactElement {
  return (
    <section aria-label={say.steps.title}>
      <h3>{say.steps.title}</h3>
      {steps.map(({ at, kind, by, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added, at the end.
        <p key={index} className="incident-step">
          <span className="note">{`${listMoment(at, now)} ${say.by(by)}`}</span> {stepName(kind)}
          {reason !== null && reason !== '' && (
            <>
              ：<OutsideText text={reason} />
            </>
          )}
        </p>
      ))}
    </section>
  );
}

function stepName(kind: string): string {
  const names: Readonly<Record<string, string>> = say.steps;
  return names[kind] ?? kind;
}
