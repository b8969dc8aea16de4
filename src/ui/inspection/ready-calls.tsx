/** 来电一览 with the seconds until each answer; one key plays the call that has the focus. */
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { CALLS_SHOWN, type CallsShown } from '../../duty/inspection-known.ts';
import type { ReadinessView, ReadyCall } from '../../duty/readiness-view.ts';
import type { CallView } from '../../web/protocol/call-view.ts';
import { duration, listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { Player, type PlayerHandle } from '../player.tsx';
import { callOf } from './inspection-api.ts';
import { inspectionWords } from './words.ts';

const say = inspectionWords.ready;

const SPEED_SOFT: Readonly<Record<ReadyCall['speed'], string>> = {
  good: 'soft-green',
  near: 'soft-amber',
  late: 'soft-red',
  missed: 'soft-red',
  unseen: 'soft-grey',
};

export function ReadyCalls(props: {
  readonly view: ReadinessView;
  readonly only: CallsShown;
  readonly onOnly: (only: CallsShown) => void;
  readonly onReplay: (id: string) => void;
}): ReactElement {
  const { view, only } = props;
  const shown = view.calls.filter((call) => isShown(call, only));
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState<{
    readonly id: string;
    readonly hasSound: boolean;
    readonly turn: number;
  } | null>(null);
  const list = useRef<HTMLUListElement>(null);
  function onKeyDown(event: KeyboardEvent, index: number): void {
    const call = shown[index];
    const places: Readonly<Record<string, number>> = {
      ...{ ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: shown.length - 1 },
    };
    const to = places[event.key];
    if (to !== undefined) {
      const next = Math.max(0, Math.min(shown.length - 1, to));
      setAt(next);
      list.current?.querySelectorAll<HTMLElement>('[data-call]')[next]?.focus();
    } else if (event.key === ' ' && call !== undefined) play(call);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function play({ id, hasSound }: ReadyCall): void {
    if (view.mayHear) setPlaying({ id, hasSound, turn: (playing?.turn ?? 0) + 1 });
  }
  return (
    <div className="inspection-calls">
      <p className="inspection-only">
        <label>
          {say.showOnly}{' '}
          <select value={only} onChange={({ target }) => props.onOnly(target.value as CallsShown)}>
            {CALLS_SHOWN.map((one) => (
              <option key={one} value={one}>
                {say.onlys[one]} {view.calls.filter((call) => isShown(call, one)).length}
              </option>
            ))}
          </select>
        </label>
        <span className="note">{view.mayHear ? say.playHint : ''}</span>
      </p>
      {shown.length === 0 && <p className="empty-say">{say.noCalls}</p>}
      {playing !== null &&
        (playing.hasSound ? (
          <Playing key={playing.id} id={playing.id} turn={playing.turn} />
        ) : (
          <p className="empty-say" role="status">
            {say.noSound}
          </p>
        ))}
      <ul ref={list} className="inspection-call-list" aria-label={say.callsLabel}>
        {shown.map((call, index) => (
          <li key={call.id}>
            <button
              type="button"
              data-call={call.id}
              tabIndex={index === Math.min(at, shown.length - 1) ? 0 : -1}
              aria-keyshortcuts="ArrowUp ArrowDown Space"
              className="inspection-call"
              onFocus={() => setAt(index)}
              onKeyDown={(event) => onKeyDown(event, index)}
              onClick={() => (view.mayHear ? props.onReplay(call.id) : undefined)}
            >
              <span>{listMoment(call.at, view.at)}</span>
              <span className={`badge ${SPEED_SOFT[call.speed]}`}>
                {call.rangMs === null
                  ? say.speeds[call.speed]
                  : `${Math.round(call.rangMs / 1_000)} 秒 ${say.speeds[call.speed]}`}
              </span>
              <span className="inspection-who">
                <OutsideText text={call.who || call.number} />
                {call.isCheck && <span className="badge soft-blue">{say.check}</span>}
              </span>
              <span className="note">
                {call.talkMs === null ? '' : duration(call.talkMs)}　<OutsideText text={call.record} />
              </span>
            </button>
            {view.mayHear && call.hasSound && (
              <button
                type="button"
                tabIndex={-1}
                aria-keyshortcuts="Space"
                className="text-button"
                aria-label={`${say.play} ${listMoment(call.at, view.at)}`}
                onClick={() => play(call)}
              >
                ▶
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function isShown({ speed, isCheck }: ReadyCall, only: CallsShown): boolean {
  switch (only) {
    case 'all':
      return true;
    case 'checks':
      return isCheck;
    case 'unanswered':
      return speed === 'missed';
    case 'late':
    case 'near':
    case 'unseen':
      return speed === only;
  }
}

/** Read when it is first played; the same key again stops it and lets it go on. */
function Playing({ id, turn }: { readonly id: string; readonly turn: number }): ReactElement {
  const [call, setCall] = useState<CallView | string | null>(null);
  const player = useRef<PlayerHandle>(null);
  useEffect(() => {
    let isOver = false;
    void callOf(id).then((answer) => {
      if (!isOver) setCall(answer);
    });
    return () => {
      isOver = true;
    };
  }, [id]);
  const isThere = call !== null && typeof call !== 'string';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is one press of the key.
  useEffect(() => {
    if (isThere) player.current?.toggle();
  }, [isThere, turn]);
  if (call === null) return <p className="empty-say">{say.loading}</p>;
  if (typeof call === 'string') return <p className="wrong">{call}</p>;
  return (
    <div className="inspection-player">
      <Player ref={player} call={call} />
    </div>
  );
}
