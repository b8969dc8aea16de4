/**
 * What stays on screen until it is over or dealt with. Docked above the key bar, not under the top bar: a bar that appears
 * there takes its height from the foot of the panes, so the line under the caret does not jump.
 */

import { type ReactElement, useState, useSyncExternalStore } from 'react';
import type { GapView } from '../web/protocol/room-view.ts';
import { Bar } from './bar.tsx';
import { CallbackBar } from './callback-bar.tsx';
import { ownerOf } from './desk-state.ts';
import { listMoment } from './format.ts';
import { LinkBars } from './link-bars.tsx';
import { SignedBar } from './lock/signed-bar.tsx';
import { isPlainHttp } from './plain-http.ts';
import { RosterDueBar } from './roster-due-bar.tsx';
import { saidGap } from './said-gap.ts';
import { toldRecordings } from './told-recordings.ts';
import { sameOwner } from './unsent.ts';
import type { Alarm } from './use-alarms.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function Notices(props: {
  readonly alarm: Alarm;
  readonly onOpenCall: (call: string) => void;
  /** Null: 值班表 itself is open, and says it. */
  readonly onRoster: (() => void) | null;
}): ReactElement {
  const { store, sound } = useDesk();
  const state = useDeskState((whole) => whole);
  const locked = useSyncExternalStore(sound.subscribe, sound.locked);
  const links = [...state.links.values()];
  const calls = [...state.calls.values()];
  const now = store.now();
  const trouble = calls.some(
    (call) =>
      call.phase !== 'ended' && toldRecordings(call).some((recording) => recording.state === 'no-growth'),
  );
  const silence = props.alarm.acknowledged ? null : ([words.bars.silence, props.alarm.acknowledge] as const);
  const away = state.link.state !== 'open' && state.position !== null;
  return (
    <section className="notices" aria-live="polite">
      {(state.insecure || isPlainHttp()) && <Bar tone="red">{words.bars.insecure}</Bar>}
      {away && <Bar tone="red">{state.storageFailed ? words.bars.offlineUnsaved : words.bars.offline}</Bar>}
      <LinkBars links={links} now={now} silence={silence} />
      {trouble && (
        <Bar tone="red" action={silence}>
          {words.bars.recordingTrouble}
        </Bar>
      )}
      <CallbackBar onOpen={props.onOpenCall} />
      {state.room?.stayed !== undefined && (
        <Bar tone="amber">
          {words.bars.stayed(
            listMoment(state.room.stayed.at, now),
            state.room.stayed.told.map(({ name }) => name).join('、'),
          )}
        </Bar>
      )}
      {props.onRoster !== null && <RosterDueBar onOpen={props.onRoster} />}
      <Gaps gaps={[...state.gaps.values()]} now={now} />
      {locked && <Bar tone="red">{words.bars.soundOff}</Bar>}
      <Strangers />
      <SignedBar />
      {state.remark !== null && (
        <Bar tone="red" action={[words.bars.known, () => store.dispatch({ type: 'dismiss-remark' })]}>
          {state.remark.zh}
        </Bar>
      )}
      {state.mustReload && (
        <Bar tone="amber" action={[words.bars.reloadNow, () => location.reload()]}>
          {words.bars.reload}
        </Bar>
      )}
      {state.recovered !== null && (
        <Bar tone="green" action={[words.bars.known, () => store.dispatch({ type: 'dismiss-recovered' })]}>
          {words.bars.recovered(state.recovered)}
        </Bar>
      )}
    </section>
  );
}

const SEEN_KEY = 'dutyline.gaps-seen';

/** Gaps of the duty stay until somebody says he knows; they stay in the list in any case. */
function Gaps(props: { readonly gaps: readonly GapView[]; readonly now: number }): ReactElement | null {
  const [seen, setSeen] = useState(() => new Set((localStorage.getItem(SEEN_KEY) ?? '').split(',')));
  const open = props.gaps.filter((gap) => gap.to === null);
  const closed = props.gaps
    .filter((gap) => gap.to !== null && !seen.has(gap.id))
    .sort((a, b) => b.from - a.from);
  const [latest] = closed;
  function know(): void {
    const next = new Set([...seen, ...closed.map((gap) => gap.id)]);
    // Old ids leave by themselves: only what is still shown needs to be remembered.
    const kept = [...next].filter((id) => props.gaps.some((gap) => gap.id === id));
    localStorage.setItem(SEEN_KEY, kept.join(','));
    setSeen(next);
  }
  return (
    <>
      {open.slice(0, 1).map((gap) => (
        <Bar key={gap.id} tone="red">
          {words.bars.gapOpen(listMoment(gap.from, props.now))}
        </Bar>
      ))}
      {latest !== undefined && (
        <Bar tone="red-soft" action={[words.bars.known, know]}>
          {saidGap(latest, props.now)}
          {closed.length > 1 && words.bars.gapMore(closed.length - 1)}
        </Bar>
      )}
    </>
  );
}

/** Texts of other people that wait on this machine: never sent in silence under this name. */
function Strangers(): ReactElement | null {
  const { store } = useDesk();
  const waiting = useDeskState((state) => state.strangers);
  const me = useDeskState((state) => state.me);
  const strangers = waiting.filter(({ owner }) => !sameOwner(owner, ownerOf({ me })));
  const [first] = strangers;
  if (first === undefined) return null;
  const names = [...new Set(strangers.map((entry) => entry.owner.name))].join('、');
  return (
    <Bar tone="amber" action={[words.bars.uploadAsMine, () => store.dispatch({ type: 'upload-as-mine' })]}>
      {words.bars.strangers(names, strangers.length)}
    </Bar>
  );
}
