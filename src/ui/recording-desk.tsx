/** 录音: storage, second copy, jobs, files without a call, calls without sound, stretches nobody watched. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { RecordingDeskView } from '../web/protocol/recording-desk-view.ts';
import { AlertCard } from './alert-card.tsx';
import { Card } from './card.tsx';
import { duration, listMoment, listSpan } from './format.ts';
import { type RecordingDeskState, useRecordingDesk } from './recording-desk-api.ts';
import type { ScreenProps } from './screens.tsx';
import { StorageCard } from './storage-card.tsx';
import { StrayList } from './stray-list.tsx';
import { words } from './words.ts';

export type OpensCall = Pick<ScreenProps, 'onOpenCall'>;

/** `openCall` is the call that stands open at the desk, which a stray file may be attached to. */
export function RecordingDesk(props: ScreenProps): ReactElement {
  const desk = useRecordingDesk();
  const { view, trouble } = desk;
  const say = words.recordingDesk;
  return (
    <main className="screen" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        {view !== null && <Reconcile desk={desk} view={view} />}
        <Button onClick={() => props.onGo('desk')}>{say.back}</Button>
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble} <Button onClick={desk.reload}>{say.again}</Button>
        </p>
      )}
      {view?.away.map(({ pbx, name, reason }) => (
        <p key={pbx} className="wrong" role="alert">
          {name}：{reason.zh}
        </p>
      ))}
      {view === null ? (
        trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <div className="cards">
          <StorageCard view={view} />
          <Jobs desk={desk} view={view} />
          <StrayList desk={desk} view={view} openCall={props.openCall} onOpenCall={props.onOpenCall} />
          <Silent view={view} onOpenCall={props.onOpenCall} />
          <AlertCard now={view.at} />
          <Gaps view={view} />
        </div>
      )}
    </main>
  );
}

interface Shown {
  readonly desk: RecordingDeskState;
  readonly view: RecordingDeskView;
}

function Reconcile({ desk, view }: Shown): ReactElement {
  const say = words.recordingDesk;
  const { running, stage, done, total, lastEndedAt, trouble } = view.reconcile;
  const state = running
    ? say.running(say.stages[stage ?? 'looking'] ?? '', done, total)
    : lastEndedAt === null
      ? say.neverRun
      : say.lastRun(listMoment(lastEndedAt, view.at));
  return (
    <>
      <span className="note" role="status">
        {state}
      </span>
      {trouble !== null && <span className="wrong">{trouble}</span>}
      <Button disabled={running} onClick={() => void desk.act('/api/recording-desk/reconcile')}>
        {say.reconcile}
      </Button>
    </>
  );
}

function Jobs({ desk, view }: Shown): ReactElement {
  const say = words.recordingDesk;
  const { jobs } = view;
  const [said, setSaid] = useState<string | null>(null);
  return (
    <Card title={say.jobs}>
      <p>{say.jobsCounts(jobs.waiting, jobs.running)}</p>
      {jobs.awaySince !== null && (
        <p className="wrong">{say.jobsAway(listMoment(jobs.awaySince, view.at))}</p>
      )}
      {jobs.warnings.map((warning) => (
        <p key={warning.code} className="wrong">
          {warning.zh}
        </p>
      ))}
      <h3>{jobs.failed.length === 0 ? say.noFailed : say.failedTitle(jobs.failed.length)}</h3>
      <ul className="card-rows">
        {jobs.failed.map((job) => (
          <li key={job.id}>
            <time>{listMoment(job.failedAt, view.at)}</time>
            <span>{say.kinds[job.kind] ?? job.kind}</span>
            <span className="row-text" title={job.reason}>
              {job.reason}
            </span>
            <span className="note">{say.attempts(job.attempts)}</span>
            <Button
              size="small"
              onClick={() => void desk.act(`/api/jobs/${encodeURIComponent(job.id)}/retry`).then(setSaid)}
            >
              {say.retry}
            </Button>
          </li>
        ))}
      </ul>
      {said !== null && <p className="wrong">{said}</p>}
    </Card>
  );
}

function Silent({ view, onOpenCall }: Pick<Shown, 'view'> & OpensCall): ReactElement {
  const say = words.recordingDesk;
  return (
    <Card title={say.silent(view.silent.length)}>
      {view.silent.length === 0 && <p className="empty-say">{say.noSilent}</p>}
      <ul className="card-rows">
        {view.silent.map((one) => (
          <li key={one.call}>
            <time>{listMoment(one.startedAt, view.at)}</time>
            <span className="row-text" title={say.silentOne(duration(one.talkSeconds * 1_000))}>
              {say.silentOne(duration(one.talkSeconds * 1_000))}
            </span>
            <span className="note">{say.why[one.why]}</span>
            <Button size="small" onClick={() => onOpenCall(one.call)}>
              {say.open}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Gaps({ view }: Pick<Shown, 'view'>): ReactElement {
  const say = words.recordingDesk;
  return (
    <Card title={say.gaps}>
      {view.gaps.length === 0 && <p className="empty-say">{say.noGaps}</p>}
      <ul className="card-rows">
        {view.gaps.map((gap) => (
          <li key={gap.id}>
            <time>
              {gap.to === null
                ? `${listMoment(gap.from, view.at)} ${say.gapNow}`
                : listSpan(gap.from, gap.to, view.at)}
            </time>
            <span className="row-text">
              {[
                gap.missed === null || gap.missed === 0 ? '' : say.missed(gap.missed),
                gap.recovered === null ? say.notAsked : say.recovered(gap.recovered),
                gap.notRecoverable === null || gap.notRecoverable === 0
                  ? ''
                  : say.notRecoverable(gap.notRecoverable),
              ]
                .filter((part) => part !== '')
                .join('，')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
