/**
 * 突发事件: the list with its clocks on the left, one of them on the right. `/incident/<id>` is one; `/incident/from-<record>` makes
 * one of a record.
 */
import './incident.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { phaseOf } from '../../duty/incident-clock.ts';
import type { UndecidedEmergency } from '../../duty/incident-view.ts';
import { newId } from '../ids.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { useMay } from '../use-may.ts';
import { type IncidentDesk, useIncident, useIncidents } from './incident-api.ts';
import { IncidentDetail } from './incident-detail.tsx';
import { IncidentForm } from './incident-form.tsx';
import { IncidentList } from './incident-list.tsx';
import { ReasonLine } from './reason-line.tsx';
import { incidentWords as say } from './words.ts';

const NEW = 'new';
const FROM = 'from-';

export function IncidentScreen({ argument, onGo, onOpenCall }: ScreenProps): ReactElement {
  const desk = useIncidents();
  const now = useServerNow(1_000);
  const mayHear = useMay('hear');
  const { view, trouble, reload } = desk.page;
  const leave = () => onGo('incident');
  const fromRecord = argument?.startsWith(FROM) === true ? argument.slice(FROM.length) : null;
  return (
    <main
      className={argument === null ? 'screen incident' : 'screen incident incident-open'}
      aria-label={say.title}
    >
      <header className="incident-head">
        <h1>{say.title}</h1>
        <span className="note">{say.hint}</span>
        {view?.mayWrite === true && (
          <Button type="primary" onClick={() => onGo('incident', NEW)}>
            {say.open}
          </Button>
        )}
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble} <Button onClick={reload}>{say.again}</Button>
        </p>
      )}
      {view === null ? (
        trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <div className="incident-panes">
          <IncidentList
            view={view}
            now={now}
            shown={fromRecord ?? argument}
            onUndecided={(record) => onGo('incident', `${FROM}${record}`)}
            onOpen={(id) => onGo('incident', id)}
          />
          <div className="incident-pane">
            {argument === NEW || fromRecord !== null ? (
              <NewIncident
                key={argument}
                desk={desk}
                from={view.undecided.find(({ record }) => record === fromRecord) ?? null}
                record={fromRecord}
                now={now}
                onDone={(id) => onGo('incident', id)}
                onLeave={leave}
              />
            ) : (
              argument !== null && (
                <OneIncident
                  key={argument}
                  id={argument}
                  desk={desk}
                  now={now}
                  mayHear={mayHear}
                  onListen={(call) => onGo('replay', call)}
                  onOpenCall={onOpenCall}
                  onLeave={leave}
                />
              )
            )}
          </div>
        </div>
      )}
    </main>
  );
}

function OneIncident(props: {
  readonly id: string;
  readonly desk: IncidentDesk;
  readonly now: number;
  readonly mayHear: boolean;
  readonly onListen: (call: string) => void;
  readonly onOpenCall: (call: string) => void;
  readonly onLeave: () => void;
}): ReactElement | null {
  const { id, desk } = props;
  const { view, trouble, reload } = useIncident(id);
  // What has begun to warn or has run out since it was read may alarm: the service knows whether somebody has heard it.
  const isOld = view?.clocks.some((clock) => phaseOf(clock, props.now) !== clock.phase) === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each second anew, until the service says so too.
  useEffect(() => {
    if (isOld) reload();
  }, [isOld, props.now]);
  if (view === null || desk.page.view === null)
    return trouble === null ? null : (
      <p className="wrong" role="alert">
        {trouble} <Button onClick={reload}>{say.again}</Button>
      </p>
    );
  return (
    <IncidentDetail
      view={view}
      page={desk.page.view}
      now={props.now}
      mayHear={props.mayHear}
      onSend={async (ask) => {
        const refused = await desk.send(id, ask);
        reload();
        return refused;
      }}
      onListen={props.onListen}
      onOpenCall={props.onOpenCall}
      onShut={() => {
        reload();
        desk.page.reload();
      }}
      onLeave={props.onLeave}
    />
  );
}

/** By hand, or from a record that says 突发信息. */
function NewIncident(props: {
  readonly desk: IncidentDesk;
  readonly record: string | null;
  readonly from: UndecidedEmergency | null;
  readonly now: number;
  readonly onDone: (incident: string) => void;
  readonly onLeave: () => void;
}): ReactElement {
  const { desk, record, from, now } = props;
  useScreenKeys((action) => {
    if (action !== 'escape') return false;
    props.onLeave();
    return true;
  });
  const [asking, setAsking] = useState(false);
  const [id] = useState(newId);
  // What was said not to need a report may need one after all: it waits no more, and stands at the desk.
  const known = useDeskState((state) => (record === null ? undefined : state.records.get(record)));
  const content = known?.fields.content.value ?? from?.content ?? '';
  const heading =
    record === null
      ? say.form.open
      : say.form.fromRecord(known?.number ?? from?.number ?? say.recordUnnumbered);
  const draft = {
    occurredAt: null,
    receivedAt: from?.receivedAt ?? (Number(known?.fields.callTime.value ?? 0) || now),
    level: 'unrated' as const,
    title: firstSentence(content),
    text: content,
  };
  if (asking && record !== null)
    return (
      <ReasonLine
        label={say.reason.notReportable}
        asksWhom
        onReason={async (reason, asked) => {
          const refused = await desk.sayNotReportable({ record, reason, asked });
          if (refused === null) props.onLeave();
          return refused;
        }}
        onCancel={() => setAsking(false)}
      />
    );
  return (
    <IncidentForm
      heading={heading}
      draft={draft}
      now={now}
      onSave={async (said) => {
        const refused = await desk.send(id, { type: 'open', record, ...said });
        if (refused === null) props.onDone(id);
        return refused;
      }}
      onCancel={props.onLeave}
      {...(record === null ? {} : { otherwise: [say.notReportable, () => setAsking(true)] as const })}
    />
  );
}

/** Of what was written down during the call: the beginning is mostly what it was about. */
function firstSentence(content: string): string {
  const [first = ''] = content.split(/[。；\n]/);
  return first.slice(0, 60);
}
