/** 发布 and 登记报送: for the days that are shown, or others. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { REPORT_WAYS } from '../../duty/roster-report.ts';
import type { RosterView } from '../../duty/roster-view.ts';
import { FormEnd } from '../form-end.tsx';
import { listMoment, typedForm, typedMoment } from '../format.ts';
import { useOpId } from '../use-op-id.ts';
import { standOf, troubleCounts } from './marks.ts';
import type { RosterState } from './roster-api.ts';
import { rosterWords as say } from './words.ts';

interface Props {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly span: { readonly from: string; readonly to: string };
  readonly onDone: () => void;
}

export function PublishPanel({ desk, view, span, onDone }: Props): ReactElement {
  const [trouble, setTrouble] = useState<string | null>(null);
  const opIds = useOpId();
  const within = view.shifts.filter(({ day }) => span.from <= day && day <= span.to);
  const waiting = within.filter(
    (shift) => shift.to > view.at && ['unpublished', 'changed'].includes(standOf(shift)),
  );
  const counts = troubleCounts(view.troubles, view.shifts);
  return (
    <section className="roster-panel-body" aria-label={say.publishTitle}>
      <h2>{say.publishTitle}</h2>
      <p className="note">{say.span(span.from, span.to)}</p>
      <p>{waiting.length === 0 ? say.publishNone : say.publishCount(waiting.length)}</p>
      {counts.length > 0 && (
        <p className="roster-warning">{`${say.publishWith}${counts.join(say.separator)}`}</p>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <p className="roster-actions">
        {waiting.length > 0 && (
          <Button
            type="primary"
            onClick={() =>
              void desk
                .send('publish', { opId: opIds.of(JSON.stringify(waiting)), ...span })
                .then((refused) => {
                  setTrouble(refused);
                  if (refused === null) onDone();
                })
            }
          >
            {say.publishNow}
          </Button>
        )}
        <Button onClick={onDone}>{say.cancel}</Button>
      </p>
      {view.publications.length > 0 && <h3>{say.publications}</h3>}
      {view.publications.map(({ id, from, to, changed, at, by }) => (
        <p key={id} className="roster-change">
          <span className="note">{`${listMoment(at, view.at)} ${by ?? ''}`}</span>
          <span>{say.publication(say.span(from, to), changed)}</span>
        </p>
      ))}
    </section>
  );
}

export function ReportPanel({ desk, view, span, onDone }: Props): ReactElement {
  const [from, setFrom] = useState(span.from);
  const [to, setTo] = useState(span.to);
  const [target, setTarget] = useState(view.rules.reportTo);
  const [way, setWay] = useState<string>(REPORT_WAYS[0]);
  const [when, setWhen] = useState(typedForm(view.at));
  const [trouble, setTrouble] = useState<string | null>(null);
  const opIds = useOpId();
  async function send(): Promise<void> {
    const typed = typedMoment(when, view.at);
    if (typed === null) return setTrouble(say.badTime);
    // Typed to the minute: this minute is not later than now.
    const reportedAt = Math.min(typed, view.at);
    const opId = opIds.of(JSON.stringify([from, to, target, way, when]));
    const refused = await desk.send('report', { opId, from, to, reportedTo: target, way, reportedAt });
    setTrouble(refused);
    if (refused === null) onDone();
  }
  return (
    <section className="roster-panel-body" aria-label={say.reportTitle}>
      <h2>{say.reportTitle}</h2>
      <p className="note">{say.reportHint}</p>
      <form
        className="roster-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label>
          <span>{say.from}</span>
          <input value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          <span>{say.to}</span>
          <input value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
        <label>
          <span>{say.reportTo}</span>
          <input value={target} maxLength={60} onChange={(event) => setTarget(event.target.value)} />
        </label>
        <label>
          <span>{say.reportWay}</span>
          <select value={way} onChange={(event) => setWay(event.target.value)}>
            {REPORT_WAYS.map((one) => (
              <option key={one} value={one}>
                {say.ways[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say.reportAt}</span>
          <input value={when} onChange={(event) => setWhen(event.target.value)} />
        </label>
        <FormEnd
          trouble={trouble}
          row="roster-actions"
          send={say.report}
          cancel={say.cancel}
          onCancel={onDone}
        />
      </form>
      <h3>{say.reports}</h3>
      {view.reports.length === 0 && <p className="note">{say.reportsNone}</p>}
      {view.reports.map(({ id, from: first, to: last, reportedTo, way: by, at, by: who }) => (
        <p key={id} className="roster-change">
          <span className="note">{`${listMoment(at, view.at)} ${who ?? ''} ${say.ways[by]}`}</span>
          <span>{`${say.span(first, last)} ${reportedTo}`}</span>
        </p>
      ))}
    </section>
  );
}
