/** What waits for a person above the table: a report that is due, one that is outdated, a swap to answer, what is wrong. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { RosterView } from '../../duty/roster-view.ts';
import { day, listMoment } from '../format.ts';
import { hasGrave, troubleCounts } from './marks.ts';
import type { RosterState } from './roster-api.ts';
import { SwapLine } from './swap-part.tsx';
import { rosterWords as say } from './words.ts';

export function RosterBands(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly onReport: (span: { readonly from: string; readonly to: string }) => void;
}): ReactElement {
  const { desk, view } = props;
  const counts = troubleCounts(view.troubles, view.shifts);
  const mine = view.swaps.filter(({ state, taker }) => state === 'asked' && taker === view.me);
  return (
    <div className="roster-bands">
      {view.due.map(({ holiday, dueAt, state }) => (
        <p
          key={holiday.from}
          className={state === 'coming' ? 'roster-band soft-blue' : 'roster-band soft-amber'}
        >
          {say.due[state](holiday.name, say.span(holiday.from, holiday.to), day(dueAt))}
          {view.mayEdit && (
            <Button size="small" onClick={() => props.onReport(holiday)}>
              {say.report}
            </Button>
          )}
        </p>
      ))}
      {view.outdated.map(({ id, changedAt }) => {
        const report = view.reports.find((one) => one.id === id);
        if (report === undefined) return null;
        return (
          <p key={id} className="roster-band soft-amber">
            {say.outdated(say.span(report.from, report.to), listMoment(changedAt, view.at))}
            {view.mayEdit && (
              <Button size="small" onClick={() => props.onReport(report)}>
                {say.report}
              </Button>
            )}
          </p>
        );
      })}
      {mine.map((swap) => (
        <div key={swap.id} className="roster-band soft-amber">
          <SwapLine desk={desk} view={view} swap={swap} />
        </div>
      ))}
      <p className={`roster-band ${hasGrave(view.troubles) ? 'soft-red' : 'note'}`} role="status">
        {counts.length === 0 ? say.noTroubles : counts.join(say.separator)}
      </p>
    </div>
  );
}
