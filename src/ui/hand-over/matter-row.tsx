/** One of 移交事项: 移交 is preset; taken away it asks why. */
import { type ReactElement, type ReactNode, useState } from 'react';
import type { HandedMatter } from '../../duty/hand-over.ts';
import type { MatterView } from '../../duty/hand-over-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { Folded } from './folded.tsx';
import type { HandOverDesk } from './hand-over-api.ts';
import { forgetInput, useKeptInput } from './kept-input.ts';
import { isUndecided, keyOf, saidMatter } from './saying.ts';
import { handOverWords as say } from './words.ts';

export function MatterRow(props: {
  readonly desk: HandOverDesk;
  /** Id of the hand-over; '' before it began. */
  readonly handOver: string;
  readonly matter: HandedMatter;
  readonly known: MatterView | undefined;
  readonly before: { readonly name: string; readonly reason: string } | undefined;
  readonly now: number;
  /** Nobody has signed yet, and this person may. */
  readonly mayDecide: boolean;
  readonly mayClose: boolean;
  readonly onOpenCall: (call: string) => void;
  readonly onIncident: (record: string) => void;
}): ReactElement {
  const { desk, handOver, known, before, now } = props;
  // What was ticked shows at once; what the service says of it comes after.
  const [ticked, setTicked] = useState<boolean | null>(null);
  const matter = { ...props.matter, handed: ticked ?? props.matter.handed };
  const name = `${handOver} ${keyOf(matter)} reason`;
  const [reason, setReason] = useKeptInput(name, matter.reason ?? '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const { kind, id } = matter;

  async function decide(handed: boolean, why: string | null): Promise<void> {
    setTicked(handed);
    const refused = await desk.send('/matters', { id: handOver, matter: { kind, id }, handed, reason: why });
    if (refused === null) forgetInput(name);
    setTicked(null);
    setTrouble(refused);
  }
  function keepReason(): void {
    if (reason.trim() !== (matter.reason ?? '')) void decide(false, reason);
  }
  return (
    <li className={isUndecided(matter) ? 'hand-over-matter hand-over-undecided' : 'hand-over-matter'}>
      <div className="hand-over-matter-head">
        {handOver !== '' && (
          <label className="hand-over-tick">
            <input
              type="checkbox"
              checked={matter.handed}
              disabled={!props.mayDecide}
              onChange={({ target }) => void decide(target.checked, target.checked ? null : reason)}
            />
            {matter.handed ? say.hand : say.keep}
          </label>
        )}
        <KnownMatter matter={matter} known={known} now={now} onOpenCall={props.onOpenCall}>
          {kind === 'emergency-undecided' && props.mayClose && (
            <button type="button" className="text-button" onClick={() => props.onIncident(id)}>
              {say.decideEmergency}
            </button>
          )}
          {kind === 'task' && props.mayClose && (
            <button
              type="button"
              className="text-button"
              onClick={() => void desk.send(`/tasks/${encodeURIComponent(id)}/close`).then(setTrouble)}
            >
              {say.close}
            </button>
          )}
        </KnownMatter>
      </div>
      {before !== undefined && (
        <p className="note">
          <OutsideText text={say.keptBefore(before.name, before.reason)} />
        </p>
      )}
      {!matter.handed && props.mayDecide && (
        <p className="hand-over-reason">
          <input
            aria-label={say.reason}
            placeholder={say.reasonHint}
            maxLength={200}
            value={reason}
            // Asked for by the tick that was just taken away.
            // biome-ignore lint/a11y/noAutofocus: it is the answer to what the person did.
            autoFocus={reason === ''}
            onChange={({ target }) => setReason(target.value)}
            onBlur={keepReason}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) keepReason();
            }}
          />
          {isUndecided(matter) && <span className="wrong">{say.reasonMissing}</span>}
        </p>
      )}
      {!matter.handed && !props.mayDecide && (
        <p className="note">
          <OutsideText text={say.keptAs(matter.reason ?? '')} />
        </p>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </li>
  );
}

/** What it is: kind, time, who and what; opens its call. `children`: what else may be done with it. */
export function KnownMatter(props: {
  readonly matter: { readonly kind: HandedMatter['kind'] };
  readonly known: MatterView | undefined;
  readonly now: number;
  readonly onOpenCall: (call: string) => void;
  readonly children?: ReactNode;
}): ReactElement {
  const { matter, known, now } = props;
  const badge = <span className={`badge ${TONES[matter.kind]}`}>{say.kinds[matter.kind]}</span>;
  if (known === undefined || known.at === null)
    return (
      <span className="hand-over-known">
        {badge} <span className="note">{say.gone}</span>
        {props.children}
      </span>
    );
  const { who, text } = saidMatter(known);
  const { call, dueAt } = known;
  return (
    <span className="hand-over-known">
      <Folded whole={`${who} ${text}`}>
        {badge} <span className="hand-over-time">{listMoment(known.at, now)}</span>{' '}
        {who !== '' && (
          <b>
            <OutsideText text={who} />
          </b>
        )}{' '}
        <OutsideText text={text} />
      </Folded>
      {dueAt !== null && (
        <span className={dueAt <= now ? 'badge soft-red' : 'badge soft-amber'}>
          {dueAt <= now ? say.overdue(listMoment(dueAt, now)) : say.due(listMoment(dueAt, now))}
        </span>
      )}
      {known.kind === 'task' && known.person !== '' && (
        <span className="note">
          <OutsideText text={say.by(known.person)} />
        </span>
      )}
      {call !== null && (
        <button type="button" className="text-button" onClick={() => props.onOpenCall(call)}>
          {say.open}
        </button>
      )}
      {props.children}
    </span>
  );
}

const TONES: Readonly<Record<HandedMatter['kind'], string>> = {
  draft: 'soft-amber',
  callback: 'soft-red',
  clock: 'soft-red',
  finding: 'soft-amber',
  'missing-sound': 'soft-grey',
  'emergency-undecided': 'soft-red',
  task: 'soft-blue',
};
