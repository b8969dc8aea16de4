/** 历次交接班: who gave what to whom, with the seal that covers it and the one before. */
import { type ReactElement, useEffect, useState } from 'react';
import type { DeviceEvidence } from '../../duty/device-evidence.ts';
import { type Device, type HandOver, missingOf } from '../../duty/hand-over.ts';
import type { HandOverView, MatterView, PastHandOver } from '../../duty/hand-over-view.ts';
import { listMoment, typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { Secrecy } from '../secrecy-panel.tsx';
import type { HandOverDesk } from './hand-over-api.ts';
import { reasonsIn, tasksIn } from './hand-written.ts';
import { KnownMatter } from './matter-row.tsx';
import { keyOf, namesOf, saidEvidence, shownWorking } from './saying.ts';
import { SignedBy } from './signing-part.tsx';
import { handOverWords as say } from './words.ts';

const DEVICES: readonly Device[] = ['telephone', 'recording', 'computer', 'printer', 'fax'];

export function PastPart(props: {
  readonly desk: HandOverDesk;
  readonly view: HandOverView;
  readonly now: number;
  /** Id of the one that is open; null: the latest. */
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onOpenCall: (call: string) => void;
}): ReactElement {
  const { view, now } = props;
  const chosen = view.past.find(({ handOver }) => handOver.id === props.chosen) ?? view.past[0];
  if (chosen === undefined) return <p className="empty-say">{say.pastNone}</p>;
  return (
    <div className="hand-over-past">
      <ul className="hand-over-past-list">
        {view.broken === null && <li className="note">{say.whole}</li>}
        {view.past.map((one) => (
          <li key={one.handOver.id}>
            <button
              type="button"
              className="hand-over-past-row"
              aria-pressed={one === chosen}
              onClick={() => props.onChoose(one.handOver.id)}
            >
              <span>
                <b>{listMoment(one.closedAt, now)}</b>{' '}
                <span className={`badge ${one.handOver.state === 'done' ? 'soft-green' : 'soft-amber'}`}>
                  {one.handOver.state === 'done' ? say.pastDone : say.pastStayed}
                </span>
              </span>
              <span>{saidPeople(view, one.handOver)}</span>
              <span className="note hand-over-seal">{`${say.seal} ${one.seal.slice(0, 12)}`}</span>
            </button>
          </li>
        ))}
      </ul>
      <Past key={chosen.handOver.id} {...props} past={chosen} />
    </div>
  );
}

function saidPeople({ people }: HandOverView, { giver, takers }: HandOver): string {
  const from = giver === null ? '' : namesOf(people, [giver.person]);
  return takers.length === 0
    ? from
    : `${from} → ${namesOf(
        people,
        takers.map(({ person }) => person),
      )}`;
}

function Past(props: {
  readonly desk: HandOverDesk;
  readonly view: HandOverView;
  readonly past: PastHandOver;
  readonly now: number;
  readonly onOpenCall: (call: string) => void;
}): ReactElement {
  const { desk, view, now } = props;
  const { handOver, closedAt, seal } = props.past;
  const [known, setKnown] = useState<readonly MatterView[] | string>([]);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one that is closed is read once, and again when something of it was shut away.
  useEffect(() => {
    let gone = false;
    void desk.pastMatters(handOver.id).then((answer) => {
      if (!gone) setKnown(answer);
    });
    return () => {
      gone = true;
    };
  }, [handOver.id, asked]);
  const byKey = new Map(typeof known === 'string' ? [] : known.map((matter) => [keyOf(matter), matter]));
  const missing = missingOf(handOver);
  const kept = handOver.matters.filter(({ handed }) => !handed).length;
  return (
    <article className="hand-over-part hand-over-past-one">
      <h2>{typedForm(closedAt)}</h2>
      <p className="note">{say.from(typedForm(handOver.from))}</p>
      <dl className="hand-over-pairs">
        <div>
          <dt>{say.giver}</dt>
          <dd>
            {handOver.giver === null ? (
              <span className="note">{say.notYet}</span>
            ) : (
              <SignedBy view={view} signature={handOver.giver} />
            )}
          </dd>
        </div>
        <div>
          <dt>{say.taker}</dt>
          <dd>
            {handOver.takers.map((taker) => (
              <SignedBy key={taker.person} view={view} signature={taker} />
            ))}
            {handOver.state === 'stayed' && <span className="badge soft-amber">{say.pastStayed}</span>}
            {missing.length > 0 && (
              <span className="note">{say.pastMissing(namesOf(view.people, missing))}</span>
            )}
            {handOver.told !== undefined && (
              <span className="note"> {say.told(namesOf(view.people, handOver.told) || say.noLeader)}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{say.deviceTitle}</dt>
          <dd>
            {DEVICES.map((device) => (
              <span key={device} className="hand-over-signed">
                {say.devices[device]}{' '}
                <span className="note">{saidDevice(device, handOver, handOver.evidence, now)}</span>
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>{say.seal}</dt>
          <dd className="hand-over-seal">{seal}</dd>
        </div>
      </dl>
      <h3>
        {say.mattersTitle}{' '}
        <span className="note">{say.handedCount(handOver.matters.length - kept, kept)}</span>
      </h3>
      {typeof known === 'string' && <p className="wrong">{known}</p>}
      <ul>
        {handOver.matters.map((matter) => (
          <li key={keyOf(matter)} className="hand-over-matter">
            <KnownMatter
              matter={matter}
              known={byKey.get(keyOf(matter))}
              now={now}
              onOpenCall={props.onOpenCall}
            />
            {!matter.handed && (
              <p className="note">
                <OutsideText text={say.keptAs(matter.reason ?? '')} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <Secrecy
        of="text"
        items={[
          ...reasonsIn(handOver, view.shut),
          ...tasksIn(typeof known === 'string' ? [] : known, view.shut),
        ]}
        onDone={() => {
          desk.reload();
          setAsked((count) => count + 1);
        }}
      />
    </article>
  );
}

function saidDevice(
  device: Device,
  handOver: HandOver,
  evidence: DeviceEvidence | undefined,
  now: number,
): string {
  const word = (works: boolean | null | undefined, otherwise: string) =>
    works == null ? otherwise : works ? say.works : say.broke;
  if (device !== 'telephone' && device !== 'recording') return word(handOver.devices[device], say.unchecked);
  const { works, byHand } = shownWorking(device, handOver);
  if (byHand && works !== null) return `${word(works, say.unknown)}（${say.looked}）`;
  const because = evidence === undefined ? '' : saidEvidence(device, evidence, handOver, now).join('；');
  return because === '' ? word(works, say.unknown) : `${word(works, say.unknown)}：${because}`;
}
