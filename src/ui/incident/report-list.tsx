/** 初报, 续报, 终报 as they went; what was taken back stays, struck, with its reason. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { CHANNEL_NAMES, reportName } from '../../duty/incident-names.ts';
import type { IncidentView, ReportView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { talksFor } from './link-call.tsx';
import { paperOf } from './paper-address.ts';
import { incidentWords as say } from './words.ts';

/** Written down so much later that it is said. */
const LATE_MS = 5 * 60_000;

export function ReportList(props: {
  readonly incident: IncidentView;
  readonly now: number;
  readonly mayHear: boolean;
  readonly onWithdraw: (report: string) => void;
  readonly onLink: (report: string) => void;
  readonly onListen: (call: string) => void;
}): ReactElement {
  const { incident, now } = props;
  const { id, reports, shut, mayWrite } = incident;
  return (
    <section aria-label={say.report.reports}>
      <h3>{say.report.reports}</h3>
      {reports.length === 0 && <p className="empty-say">{say.report.none}</p>}
      {reports.map((report) => (
        <article key={report.id} className="incident-report">
          <p className={report.withdrawn ? 'incident-report-head incident-struck' : 'incident-report-head'}>
            <b>{reportName(report)}</b> <span>{CHANNEL_NAMES[report.channel]}</span>{' '}
            <OutsideText text={say.report.sent(listMoment(report.sentAt, now), report.to)} />
            {report.enteredAt - report.sentAt > LATE_MS && (
              <span className="incident-mark soft-amber">
                {say.report.late(listMoment(report.enteredAt, now))}
              </span>
            )}
          </p>
          <p className="note">{people(report)}</p>
          {report.text !== '' && (
            <p className={report.withdrawn ? 'incident-text incident-struck' : 'incident-text'}>
              <OutsideText text={report.text} />
            </p>
          )}
          {report.withdrawal !== null && (
            <p className="note">
              <OutsideText
                text={say.report.withdrawn(
                  listMoment(report.withdrawal.at, now),
                  say.by(report.withdrawal.by),
                  report.withdrawal.reason,
                )}
              />
            </p>
          )}
          <p className="incident-actions">
            {shut === null && (
              <>
                <Button size="small" href={paperOf(id, report.id, 'html')} target="_blank">
                  {say.report.print}
                </Button>
                <Button size="small" href={paperOf(id, report.id, 'docx')} download>
                  {say.report.word}
                </Button>
              </>
            )}
            {report.call !== null && props.mayHear && (
              <Button size="small" onClick={() => props.onListen(report.call ?? '')}>
                {say.report.listen}
              </Button>
            )}
            {mayWrite &&
              !report.withdrawn &&
              report.call === null &&
              talksFor(incident, report.id).length > 0 && (
                <Button size="small" onClick={() => props.onLink(report.id)}>
                  {say.report.link}
                </Button>
              )}
            {mayWrite && !report.withdrawn && shut === null && (
              <Button size="small" onClick={() => props.onWithdraw(report.id)}>
                {say.report.withdraw}
              </Button>
            )}
          </p>
        </article>
      ))}
    </section>
  );
}

function people({ signer, receiver, by }: ReportView): string {
  return [
    ...(signer === '' ? [] : [say.report.signedBy(signer)]),
    ...(receiver === '' ? [] : [say.report.receivedBy(receiver)]),
    say.report.enteredBy(say.by(by)),
  ].join('　');
}
