/** 回放: calls on the left, the sound of one in the middle, its record and 评议 on the right; all of it by keys. */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { ActionName, KeyAction } from '../../keys/action.ts';
import type { ReviewVerdict } from '../../records/review.ts';
import { CallNotes } from '../call-notes.tsx';
import { listMoment } from '../format.ts';
import { NoteBox } from '../note-box.tsx';
import { Who } from '../outside-text.tsx';
import { RecordPapers } from '../paper-choices.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { RecordFields } from '../search/record-fields.tsx';
import { useSearch } from '../search/use-search.ts';
import { RecordMark } from '../state-mark.tsx';
import { useServerNow } from '../use-desk.tsx';
import { useMay } from '../use-may.ts';
import { words } from '../words.ts';
import { CallPlayer, type CallPlayerHandle } from './call-player.tsx';
import { ALL_CALLS, beside, listQuery } from './list-filters.ts';
import './replay.css';
import './list.css';
import './stage.css';
import './deck.css';
import './side.css';
import type { ReplayedCall } from './replay-api.ts';
import { ReplayList } from './replay-list.tsx';
import { ReviewCard } from './review-card.tsx';
import { keepSettings, keptSettings } from './settings.ts';
import { type CallShown, useCall } from './use-call.ts';
import { replayWords as say } from './words.ts';

/** Seconds by which a key moves in the sound. */
const SKIPS: Readonly<Partial<Record<ActionName, number>>> = {
  'back-3': -3,
  'replay-back': -5,
  'replay-on': 5,
  'replay-back-1': -1,
  'replay-on-1': 1,
};

/** The address may bring a call: `/replay/<id>`. */
export function ReplayScreen(props: ScreenProps): ReactElement {
  const now = useServerNow(60_000);
  const [filters, setFilters] = useState(ALL_CALLS);
  const [composing, setComposing] = useState(false);
  const asked = listQuery(filters, now);
  const search = useSearch(composing || !('query' in asked) ? null : asked.query);
  const calls = search.found?.hits.flatMap(({ call }) => call ?? []) ?? [];
  const [chosen, setChosen] = useState(props.argument);
  const active = chosen ?? calls[0] ?? null;
  const [round, setRound] = useState(0);
  const shown = useCall(active, round);
  const [settings, setSettings] = useState(keptSettings);
  /** 收听事由 holds for a round of listening; the audit trail has it with every call. */
  const [reason, setReason] = useState<string | null>(null);
  const [noteAt, setNoteAt] = useState<number | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  /** Marked since the list was read: no row leaves it under the hand that marks. */
  const [marked, setMarked] = useState<ReadonlyMap<string, ReviewVerdict>>(new Map());
  const player = useRef<CallPlayerHandle>(null);
  const text = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  useEffect(() => keepSettings(settings), [settings]);

  function choose(call: string | null): void {
    setSaid(call === null ? say.last : null);
    if (call === null) return;
    setNoteAt(null);
    setChosen(call);
  }
  function move(by: -1 | 1): void {
    const next = beside(calls, active, by);
    if (next !== null || by > 0) choose(next);
    // The next page is there before one arrives at its end.
    if (next !== null && calls.indexOf(next) >= calls.length - 5) search.more();
  }
  const note = (): void => setNoteAt(player.current?.moment() ?? null);

  /** True when it is a key of the sound that is heard. */
  function heardKey(action: KeyAction): boolean {
    const sound = player.current;
    const seconds = typeof action === 'string' ? SKIPS[action] : undefined;
    if (seconds !== undefined) sound?.skip(seconds);
    else if (action === 'replay-toggle' || action === 'play-pause') sound?.toggle();
    else if (action === 'replay-home') sound?.home();
    else if (action === 'replay-slower') sound?.speed(-1);
    else if (action === 'replay-faster') sound?.speed(1);
    else if (action === 'replay-zoom-in') sound?.zoom('in');
    else if (action === 'replay-zoom-out') sound?.zoom('out');
    else if (action === 'replay-zoom-whole') sound?.zoom('whole');
    else if (action === 'clip-from') sound?.markClip('from');
    else if (action === 'clip-to') sound?.markClip('to');
    else if (action === 'clip-export') sound?.exportClip();
    else return false;
    return true;
  }
  useScreenKeys((action) => {
    if (heardKey(action)) return true;
    if (action === 'replay-up') move(-1);
    else if (action === 'replay-down' || action === 'replay-next') move(1);
    else if (action === 'replay-note' || action === 'jot') note();
    else if (action === 'search') text.current?.focus();
    else if (action === 'escape') {
      if (player.current?.unloop() !== true) list.current?.focus();
    } else return false;
    return true;
  });

  const goStrays = (): void => props.onGo('recordings');
  const mayAttach = useMay('see-recording-desk');
  const mayReview = useMay('review');
  return (
    <main className="screen replay-screen" aria-label={say.title}>
      <ReplayList
        filters={filters}
        wrongDay={'wrong' in asked ? asked.wrong : null}
        search={search}
        now={now}
        active={active}
        marked={marked}
        text={text}
        list={list}
        onFilters={setFilters}
        onComposing={setComposing}
        onActive={(call) => {
          choose(call);
          list.current?.focus();
        }}
        onToList={() => list.current?.focus()}
      />
      <section className="replay-call">
        <div className="replay-scroll">
          <Standing shown={shown} />
          {shown.kind === 'call' && (
            <>
              <Head shown={shown} now={now} />
              {shown.call.shut === null ? (
                <>
                  <CallPlayer
                    key={shown.call.id}
                    ref={player}
                    call={shown.call}
                    talkDue={shown.talkDue}
                    settings={settings}
                    onSettings={setSettings}
                    reason={reason}
                    onReason={setReason}
                    onNote={note}
                    onNext={() => move(1)}
                    onStrays={mayAttach ? goStrays : null}
                  />
                  <div className="replay-notes">
                    <CallNotes call={shown.call} onSeek={(moment) => player.current?.goTo(moment)} />
                  </div>
                </>
              ) : (
                <p className="empty-say">{words.shut.call[shown.call.shut]}</p>
              )}
            </>
          )}
          <p className="note" role="status">
            {said}
          </p>
        </div>
        {shown.kind === 'call' && shown.call.shut === null && noteAt !== null && (
          <NoteBox key={shown.call.id} call={shown.call} moment={noteAt} onClose={() => setNoteAt(null)} />
        )}
      </section>
      <aside className="replay-side" aria-label={say.form}>
        {shown.kind === 'call' && (
          <>
            <ReviewCard
              key={shown.call.id}
              call={shown.call.id}
              reviews={shown.reviews}
              now={now}
              mayReview={mayReview}
              open={shown.call.shut === null && shown.call.phase === 'ended'}
              onKept={(verdict) => {
                setRound((count) => count + 1);
                setMarked((before) => new Map(before).set(shown.call.id, verdict));
              }}
            />
            <Form shown={shown} now={now} />
          </>
        )}
      </aside>
    </main>
  );
}

function Standing({ shown }: { readonly shown: CallShown }): ReactElement | null {
  if (shown.kind === 'none') return <p className="empty-say">{say.choose}</p>;
  if (shown.kind === 'loading') return <p className="empty-say">{say.loading}</p>;
  if (shown.kind === 'gone') return <p className="wrong">{say.gone}</p>;
  return shown.kind === 'failed' ? <p className="wrong">{say.failed}</p> : null;
}

interface Shown {
  readonly shown: ReplayedCall;
  readonly now: number;
}

function Head({ shown: { call, record }, now }: Shown): ReactElement {
  return (
    <header className="replay-head">
      <h1>
        <Who call={call} record={record} />
      </h1>
      <span>{listMoment(call.startedAt, now)}</span>
      {call.direction === 'outbound' && <span className="badge soft-cyan">{say.outbound}</span>}
    </header>
  );
}

function Form({ shown: { record }, now }: Shown): ReactElement {
  const exports = useMay('export');
  return (
    <section className="replay-form" aria-label={say.form}>
      <header>
        <h2>
          {say.form} {record !== null && <RecordMark state={record.state} />} {record?.number}
        </h2>
        {exports && record !== null && record.shut === null && (
          <RecordPapers record={record} hasSheet={false} />
        )}
      </header>
      {record === null ? (
        <p className="empty-say">{say.noRecord}</p>
      ) : (
        <RecordFields record={record} now={now} />
      )}
    </section>
  );
}
