/** 签名: 交班人, then each 接班人 who has read 本班须知, at one seat; or those who came without the others; or nobody. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { missingOf, type Signature } from '../../duty/hand-over.ts';
import type { HandOverView, StandingHandOver } from '../../duty/hand-over-view.ts';
import { STANDING_WORDS } from '../../duty/standing.ts';
import { clockMinute } from '../format.ts';
import { Mark } from '../icons.tsx';
import type { HandOverDesk } from './hand-over-api.ts';
import { useKeptInput } from './kept-input.ts';
import { nameOf, namesOf, saidStanding } from './saying.ts';
import { SignForm } from './sign-form.tsx';
import { handOverWords as say } from './words.ts';

export function SigningPart(props: {
  readonly desk: HandOverDesk;
  readonly view: HandOverView;
  readonly stands: StandingHandOver;
  /** Who sits here: preset as 交班人 where he may be it. */
  readonly seated: string | null;
  readonly leaders: string;
  readonly onNotes: () => void;
}): ReactElement {
  const { desk, view, stands, leaders } = props;
  const { handOver, onDuty } = stands;
  const { giver, takers, id } = handOver;
  const [signedHere, setSignedHere] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const missing = missingOf(handOver);
  const sort = (first: readonly string[]) =>
    [...view.people].sort((one, other) => rank(first, one.id) - rank(first, other.id));
  const seatedFirst = props.seated === null ? onDuty : [props.seated, ...onDuty];
  const givers = sort(seatedFirst).filter((one) => onDuty.length === 0 || onDuty.includes(one.id));
  const others = sort(missing).filter(
    (one) => one.id !== giver?.person && !takers.some(({ person }) => person === one.id),
  );
  const version = view.notesVersion;
  const [read, setRead] = useKeptInput(`${id} ${takers.length} read`, '');

  if (!view.mayHandOver) return <Signed view={view} stands={stands} missing={missing} />;
  if (id === '')
    return (
      <section className="hand-over-part" aria-label={say.signTitle}>
        <h2>{say.signTitle}</h2>
        <p className="note">{say.beforeBegin}</p>
      </section>
    );
  return (
    <section className="hand-over-part" aria-label={say.signTitle}>
      <Signed view={view} stands={stands} missing={missing} />
      {giver === null ? (
        <SignForm
          key="giver"
          desk={desk}
          handOver={id}
          as="giver"
          people={givers}
          notes={null}
          wantsFocus
          onSigned={() => setSignedHere(1)}
        />
      ) : (
        <>
          <SignForm
            key={`taker ${takers.length}`}
            desk={desk}
            handOver={id}
            as="taker"
            people={others}
            notes={read === String(version) ? version : null}
            wantsFocus={signedHere > takers.length}
            warningOf={(person) => saidStanding(view.people, person, leaders)}
            onSigned={() => setSignedHere((count) => count + 1)}
          >
            <p className="hand-over-read">
              <label>
                <input
                  type="checkbox"
                  checked={read === String(version)}
                  onChange={({ target }) => setRead(target.checked ? String(version) : '')}
                />
                {say.notesRead(version)}
              </label>
              <button type="button" className="text-button" onClick={props.onNotes}>
                {say.openNotes}
              </button>
            </p>
          </SignForm>
          {takers.length > 0 && missing.length > 0 && (
            <p className="hand-over-end">
              <Button onClick={() => void desk.send('/end', { id, how: 'without-missing' }).then(setTrouble)}>
                {say.withoutMissing(namesOf(view.people, missing))}
              </Button>
              <span className="note">{say.withoutMissingNote(leaders)}</span>
            </p>
          )}
        </>
      )}
      {takers.length === 0 && (
        <StayPart leaders={leaders} onStay={() => desk.send('/end', { id, how: 'stay' }).then(setTrouble)} />
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </section>
  );
}

function rank(first: readonly string[], id: string): number {
  const at = first.indexOf(id);
  return at < 0 ? first.length : at;
}

/** Who has signed when, and who is waited for. */
function Signed(props: {
  readonly view: HandOverView;
  readonly stands: StandingHandOver;
  readonly missing: readonly string[];
}): ReactElement {
  const { view, stands } = props;
  const { giver, takers } = stands.handOver;
  return (
    <>
      <h2>{say.signTitle}</h2>
      <dl className="hand-over-pairs">
        <div>
          <dt>{say.giver}</dt>
          <dd>
            {giver === null ? (
              <>
                {namesOf(view.people, stands.onDuty)} <span className="note">{say.notYet}</span>
              </>
            ) : (
              <SignedBy view={view} signature={giver} />
            )}
          </dd>
        </div>
        <div>
          <dt>{say.taker}</dt>
          <dd>
            {takers.map((taker) => (
              <SignedBy key={taker.person} view={view} signature={taker} />
            ))}
            {props.missing.map((person) => (
              <span key={person} className="hand-over-signed">
                {nameOf(view.people, person)} <span className="note">{say.notYet}</span>
              </span>
            ))}
            {takers.length + props.missing.length === 0 && <span className="note">{say.notYet}</span>}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** `张三 20:01 已签`, with the version of 本班须知 that was read. */
export function SignedBy(props: {
  readonly view: Pick<HandOverView, 'people'>;
  readonly signature: Signature;
}): ReactElement {
  const { person, at, notes, standing } = props.signature;
  return (
    <span className="hand-over-signed">
      <span className="badge soft-green">
        <Mark name="tick" />
        {nameOf(props.view.people, person)} {say.signed(clockMinute(at))}
      </span>{' '}
      {notes !== undefined && <span className="note">{say.notesOf(notes)}</span>}
      {standing !== undefined && (
        <span className="badge soft-amber">
          <Mark name="triangle" />
          {say.notPermanent(STANDING_WORDS[standing])}
        </span>
      )}
    </span>
  );
}

/** 无人接班: said once more, with whom it tells, before it is done. */
function StayPart(props: { readonly leaders: string; readonly onStay: () => Promise<void> }): ReactElement {
  const [asked, setAsked] = useState(false);
  return (
    <div className="hand-over-end">
      {asked ? (
        <>
          <p>{say.stayAsk(props.leaders)}</p>
          <p>
            <Button danger autoFocus onClick={() => void props.onStay()}>
              {say.stayConfirm}
            </Button>{' '}
            <Button type="text" onClick={() => setAsked(false)}>
              {say.cancel}
            </Button>
          </p>
        </>
      ) : (
        <Button onClick={() => setAsked(true)}>{say.stay}</Button>
      )}
    </div>
  );
}
