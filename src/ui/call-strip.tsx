/** The strip that is always there: the line's idle state, or the calls that live now, newest left, three at most. */

import type { ReactElement } from 'react';
import type { CallView, RecordingState } from '../web/protocol/call-view.ts';
import { beginning, isolated, rawNumber } from './bidi.ts';
import { duration, listMoment } from './format.ts';
import { IncomingSaid } from './incoming.tsx';
import { Caller, OutsideText, Who } from './outside-text.tsx';
import { lastFineProbe } from './room-watch.ts';
import { callerInTitle, saidAnswerer, saidNumber } from './saying.ts';
import { phoneOfSeat } from './seat-phone.ts';
import { Badge, PhaseMark, phaseTone, type Tone } from './state-mark.tsx';
import { toldRecordings } from './told-recordings.ts';
import { useDesk, useDeskState, useServerNow } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';
import { earlierCalls, liveCalls, opened, shownPhase } from './work-items.ts';

const MOST = 3;

export function CallStrip(props: { readonly onOpen: (call: string) => void }): ReactElement {
  const calls = useDeskState((state) => state.calls);
  const live = liveCalls({ calls });
  const shown = live.slice(0, MOST);
  return (
    <section className={shown.length > 1 ? 'strip strip-many' : 'strip'}>
      {shown.length === 0 ? (
        <IdleStrip onOpen={props.onOpen} />
      ) : (
        shown.map((call, index) => (
          <StripCall key={call.id} call={call} newest={index === 0} onOpen={props.onOpen} />
        ))
      )}
      {live.length > MOST && <span className="strip-more">{words.strip.more(live.length - MOST)}</span>}
      <IncomingSaid
        ringing={live
          .filter((call) => call.direction === 'inbound' && shownPhase(call) === 'ringing')
          .map((call) => ({
            id: call.id,
            words: words.strip.incoming(isolated(saidNumber(call)), callerInTitle(call)),
          }))}
      />
    </section>
  );
}

function IdleStrip({ onOpen }: { readonly onOpen: (call: string) => void }): ReactElement {
  const calls = useDeskState((state) => state.calls);
  const records = useDeskState((state) => state.records);
  const links = useDeskState((state) => state.links);
  const watch = useDeskState((state) => state.room?.watch);
  const now = useServerNow(30_000);
  const probed = lastFineProbe(watch ?? [], now);
  const whole = [...calls.values()].filter((call) => call.joinedTo === null);
  const last = whole
    .filter((call) => call.direction === 'inbound')
    .reduce<CallView | null>(
      (best, call) => (best === null || call.startedAt > best.startedAt ? call : best),
      null,
    );
  const today = new Date(now).setHours(0, 0, 0, 0);
  const count = whole.filter((call) => call.startedAt >= today).length;
  const up = [...links.values()].every((link) => link.state === 'up') && links.size > 0;
  const record = last?.record == null ? null : (records.get(last.record) ?? null);
  return (
    <div className="strip-idle">
      <strong className={up ? '' : 'strip-unknown'}>{up ? words.strip.idle : words.strip.unknown}</strong>
      {last !== null && (
        <button type="button" className="strip-last" onClick={() => onOpen(last.id)}>
          {words.strip.lastCall} {listMoment(last.startedAt, now)} <Who call={last} record={record} />
        </button>
      )}
      <span>{count === 0 ? words.strip.noneToday : words.strip.today(count)}</span>
      {probed !== null && <span>{words.watch.fine(listMoment(probed, now))}</span>}
    </div>
  );
}

function StripCall(props: {
  readonly call: CallView;
  readonly newest: boolean;
  readonly onOpen: (call: string) => void;
}): ReactElement {
  const { call } = props;
  const { store } = useDesk();
  const room = useDeskState((state) => state.room);
  const seatPhone = useDeskState((state) => phoneOfSeat(state));
  const record = useDeskState((state) =>
    call.record === null ? null : (state.records.get(call.record) ?? null),
  );
  const [earlier] = earlierCalls(call, store.read());
  const lastMatter =
    earlier?.record == null ? '' : (store.read().records.get(earlier.record)?.fields.content.value ?? '');
  const open = useDeskState((state) => opened(state).call?.id === call.id);
  const keys = useOwnKeys();
  // A call has several files (before the answer, after a restart): what needs a person first, then what runs.
  const recordings = toldRecordings(call);
  const recording =
    recordings.find(({ state }) => state === 'no-growth') ??
    recordings.find(({ state }) => state === 'recording') ??
    recordings[0];
  const mine = seatPhone !== null && call.phones.includes(seatPhone);
  const phase = shownPhase(call);
  const talking = phase === 'talking' || phase === 'held';
  return (
    <button
      type="button"
      className={`strip-call solid-${phaseTone(phase)}`}
      onClick={() => props.onOpen(call.id)}
    >
      <span className="strip-phase">
        <PhaseMark phase={phase} />
        <Elapsed call={call} />
      </span>
      <span className="strip-number" title={rawNumber(call.caller.number ?? '')}>
        <OutsideText text={saidNumber(call, record)} />
      </span>
      <span className="strip-who">
        <span className="strip-line">
          {call.direction === 'inbound' ? (
            <b className={`class class-${call.caller.class}`}>{words.callerClass[call.caller.class]}</b>
          ) : (
            <b className="class">
              {call.direction === 'outbound' ? words.strip.outgoing : words.strip.internal}
            </b>
          )}
          <Caller call={call} record={record} otherwise={call.caller.name ?? ''} />
        </span>
        <span className="strip-line strip-second">
          {talking && call.answeredBy !== null ? (
            words.strip.answeredAt(mine ? words.strip.mine : saidAnswerer(call, room))
          ) : (
            <OutsideText text={beginning(lastMatter, 40)} />
          )}
        </span>
      </span>
      <span className="strip-badges">
        {call.tampered && <Badge tone="red" mark="triangle" word={words.strip.tampered} />}
        {recording !== undefined && (
          <Badge
            tone={RECORDING_TONE[recording.state]}
            mark={
              recording.state === 'recording' ? 'dot' : recording.state === 'no-growth' ? 'triangle' : 'ring'
            }
            word={words.recordingState[recording.state]}
          />
        )}
      </span>
      <span className={open || !props.newest ? 'unseen' : 'strip-press'}>
        {words.strip[call.direction === 'inbound' ? 'press' : 'write'](keys.said('newest'))}
      </span>
    </button>
  );
}

const RECORDING_TONE: Readonly<Record<RecordingState, Tone>> = {
  starting: 'grey',
  recording: 'green',
  'no-growth': 'red',
  'cannot-check': 'grey',
  attached: 'green',
  'no-sound': 'amber',
  missing: 'red',
  'refused-path': 'red',
  expired: 'grey',
};

/** Our clock at the begin of what is timed: the talk, else the ringing. */
function sinceOf(call: CallView): number {
  if (call.phase === 'arriving' && call.answeredAt !== null) return call.answeredAt;
  return call.phase === 'arriving' ? call.receivedAt : call.phaseSince;
}

/** Runs from when we heard of it, by the server's clock (D15). */
function Elapsed({ call }: { readonly call: CallView }): ReactElement {
  const now = useServerNow(500);
  const phase = shownPhase(call);
  const talking = phase === 'talking' || phase === 'held';
  const time = duration(now - sinceOf(call));
  return <span className="elapsed">{talking ? words.strip.talked(time) : words.strip.rung(time)}</span>;
}
