/**
 * What stays on screen until it is over or dealt with. Docked above the key bar, not under the top bar: a bar that appears
 * there takes its height from the foot of the panes, so the line under the caret does not jump.
 */

import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState, useSyncExternalStore } from 'react';
import type { GapView, LinkView } from '../web/protocol/room-view.ts';
import { listMoment } from './format.ts';
import { Mark } from './icons.tsx';
import { isPlainHttp } from './plain-http.ts';
import { saidGap } from './said-gap.ts';
import { toldRecordings } from './told-recordings.ts';
import type { Alarm } from './use-alarms.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function Notices(props: { readonly alarm: Alarm }): ReactElement {
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
      {links.map((link) => (
        <LinkBar key={link.pbx} link={link} now={now} silence={silence} />
      ))}
      {trouble && (
        <Bar tone="red" action={silence}>
          {words.bars.recordingTrouble}
        </Bar>
      )}
      <Gaps gaps={[...state.gaps.values()]} now={now} />
      {locked && <Bar tone="red">{words.bars.soundOff}</Bar>}
      <Strangers />
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

function Bar(props: {
  readonly tone: 'red' | 'red-soft' | 'amber' | 'green';
  readonly action?: readonly [word: string, act: () => void] | null;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <p className={`bar bar-${props.tone}`}>
      {props.tone !== 'green' && <Mark name="triangle" />}
      <span>{props.children}</span>
      {props.action != null && (
        <Button size="small" onClick={props.action[1]}>
          {props.action[0]}
        </Button>
      )}
    </p>
  );
}

const OFFSET_SHOWN_MS = 2_000;

function LinkBar(props: {
  readonly link: LinkView;
  readonly now: number;
  readonly silence: readonly [word: string, act: () => void] | null;
}): ReactElement | null {
  const { link, now } = props;
  if (link.state === 'down')
    return (
      <Bar tone="red" action={props.silence}>
        {saidDown(link, now)}
        {link.reason?.zh ?? ''} {words.bars.pbxDownEffect}
      </Bar>
    );
  const offset = Math.abs(link.offsetMs ?? 0);
  if (offset > OFFSET_SHOWN_MS)
    return <Bar tone="amber">{words.bars.clockOff((offset / 1000).toFixed(1))}</Bar>;
  return link.quarantined > 0 ? <Bar tone="amber">{words.bars.quarantined(link.quarantined)}</Bar> : null;
}

/** The connection may stand and yet tell nothing of calls. */
function saidDown({ reason, since }: LinkView, now: number): string {
  const say = reason?.code === 'ami-no-call-events' ? words.bars.pbxDeaf : words.bars.pbxDown;
  return say(listMoment(since, now));
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
  const strangers = useDeskState((state) => state.strangers);
  const [first] = strangers;
  if (first === undefined) return null;
  const names = [...new Set(strangers.map((entry) => entry.owner.name))].join('、');
  return (
    <Bar tone="amber" action={[words.bars.uploadAsMine, () => store.dispatch({ type: 'upload-as-mine' })]}>
      {words.bars.strangers(names, strangers.length)}
    </Bar>
  );
}
