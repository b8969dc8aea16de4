/** What is known of an incident at a glance: when, how grave, from which record. */
import type { ReactElement, ReactNode } from 'react';
import { LEVEL_NAMES } from '../../duty/incident-names.ts';
import type { IncidentView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { incidentWords as say } from './words.ts';

export function IncidentFacts({
  view,
  now,
  onOpenCall,
}: {
  readonly view: IncidentView;
  readonly now: number;
  readonly onOpenCall: (call: string) => void;
}): ReactElement {
  return (
    <p className="incident-facts">
      <Fact name={say.receivedAt}>{listMoment(view.receivedAt, now)}</Fact>
      <Fact name={say.occurredAt}>
        {view.occurredAt === null ? say.unknownTime : listMoment(view.occurredAt, now)}
      </Fact>
      <Fact name={say.level}>{LEVEL_NAMES[view.level]}</Fact>
      {view.record !== null && (
        <Fact name={say.record}>
          {view.record.call === null ? (
            (view.record.number ?? say.recordUnnumbered)
          ) : (
            <button type="button" className="text-button" onClick={() => onOpenCall(view.record?.call ?? '')}>
              {view.record.number ?? say.recordUnnumbered}
            </button>
          )}
        </Fact>
      )}
      {view.closedAt !== null && <Fact name={say.closed}>{listMoment(view.closedAt, now)}</Fact>}
    </p>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className="incident-fact">
      <span className="note">{name}</span> {children}
    </span>
  );
}
