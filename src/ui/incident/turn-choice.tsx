/** Which 续报 or 终报 it is: a new one, or the other way of one that went by telephone or on paper alone. */
import type { ReactElement } from 'react';
import type { ReportKind } from '../../duty/incident.ts';
import { CHANNEL_NAMES, reportName } from '../../duty/incident-names.ts';
import type { IncidentView } from '../../duty/incident-view.ts';
import type { Channel } from '../../duty/report-limits.ts';
import { freshTurn, turnsFor } from '../../duty/report-number.ts';
import { incidentWords as say } from './words.ts';

/** Nothing is asked where there is nothing to choose. */
export function TurnChoice(props: {
  readonly incident: Pick<IncidentView, 'reports'>;
  readonly kind: ReportKind;
  readonly channel: Channel;
  readonly chosen: number;
  readonly onChoose: (turn: number) => void;
}): ReactElement | null {
  const { kind, channel } = props;
  const { reports } = props.incident;
  const turns = turnsFor(reports, kind, channel);
  if (turns.length === 1) return null;
  const fresh = freshTurn(reports, kind);
  return (
    <label>
      <span>{say.report.turn}</span>
      <select value={props.chosen} onChange={(event) => props.onChoose(Number(event.target.value))}>
        {turns.map((turn) => (
          <option key={turn} value={turn}>
            {turn === fresh
              ? say.report.newTurn(reportName({ kind, turn }))
              : say.report.sameTurn(reportName({ kind, turn }), CHANNEL_NAMES[channel])}
          </option>
        ))}
      </select>
    </label>
  );
}
