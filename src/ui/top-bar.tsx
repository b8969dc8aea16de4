/** Room, the three lights, who is on duty, 换人 and the server's clock. */

import { Button, Popover } from 'antd';
import type { ReactElement } from 'react';
import type { CallView } from '../web/protocol/call-view.ts';
import type { LinkView, PersonView } from '../web/protocol/room-view.ts';
import type { LineWatchView } from '../web/protocol/watch-view.ts';
import { ChangePerson } from './change-person.tsx';
import { clockSecond, day } from './format.ts';
import { Mark, type MarkName } from './icons.tsx';
import { worstOf } from './room-watch.ts';
import type { Layer } from './shell.tsx';
import { toldRecordings } from './told-recordings.ts';
import { useDeskState, useServerNow } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

interface Light {
  readonly state: 'good' | 'bad' | 'warn' | 'wait' | 'unknown';
  readonly word: string;
  readonly why?: string;
}

const MARKS: Readonly<Record<Light['state'], MarkName>> = {
  good: 'tick',
  bad: 'triangle',
  warn: 'question',
  wait: 'ring',
  unknown: 'hatched',
};

export function TopBar(props: {
  readonly open: boolean;
  readonly onLayer: (layer: Layer | null) => void;
  /** To 检测. */
  readonly onWatch: () => void;
}): ReactElement {
  const room = useDeskState((state) => state.room);
  const me = useDeskState((state) => state.me);
  const links = useDeskState((state) => state.links);
  const calls = useDeskState((state) => state.calls);
  const keys = useOwnKeys();
  const now = useServerNow(60_000);
  // Nobody takes over from who only reads.
  const sits = useMay('sit');
  const person = me?.person?.name ?? me?.name ?? '';
  return (
    <header className="top">
      <strong className="top-room">{room?.name}</strong>
      <span className="top-unclassified">{words.app.unclassified}</span>
      <Chip name={words.top.lines} light={lineLight([...links.values()])} />
      <Chip name={words.top.recording} light={recordingLight([...calls.values()])} />
      <Chip
        name={words.top.diagnosis}
        light={watchLight(room?.watch ?? [], now)}
        open={[words.top.openWatch, props.onWatch]}
      />
      <span className="top-people">
        <People name={words.top.leader} people={room?.onDuty.leaders ?? []} />
        <People name={words.top.officer} people={room?.onDuty.officers ?? []} />
      </span>
      {sits ? (
        <Popover
          open={props.open}
          onOpenChange={(open) => props.onLayer(open ? 'change-person' : null)}
          trigger="click"
          placement="bottomRight"
          destroyOnHidden
          title={words.change.title}
          content={<ChangePerson onDone={() => props.onLayer(null)} />}
        >
          <Button size="small" className="top-button" title={keys.said('change-person')}>
            {person} · {words.top.changePerson}
          </Button>
        </Popover>
      ) : (
        <span className="top-person">{person}</span>
      )}
      <TopClock />
    </header>
  );
}

function TopClock(): ReactElement {
  const now = useServerNow(500);
  return (
    <time className="top-clock" title={day(now)}>
      {clockSecond(now)}
    </time>
  );
}

function People(props: { readonly name: string; readonly people: readonly PersonView[] }): ReactElement {
  const names = props.people.map((person) => person.name).join('、');
  return (
    <span className="top-person" title={`${props.name} ${names}`}>
      {props.name} <b>{names === '' ? words.top.unassigned : names}</b>
    </span>
  );
}

function Chip(props: {
  readonly name: string;
  readonly light: Light;
  /** Where it leads. */
  readonly open?: readonly [word: string, act: () => void];
}): ReactElement {
  const { name, light, open } = props;
  const look = { className: `chip chip-${light.state}`, title: light.why ?? open?.[0] };
  const says = (
    <>
      <Mark name={MARKS[light.state]} />
      {name} {light.word}
    </>
  );
  if (open === undefined) return <span {...look}>{says}</span>;
  return (
    <button type="button" {...look} onClick={open[1]}>
      {says}
    </button>
  );
}

/** The worst of the room's lines; green only while each has been looked at within a day. */
function watchLight(watch: readonly LineWatchView[], now: number): Light {
  const { state, topics, never } = worstOf(watch, now);
  const names = topics.map((topic) => words.top.topics[topic]).join('、');
  switch (state) {
    case 'confirmed':
      return { state: 'bad', word: words.top.confirmed(names), why: words.top.confirmedWhy };
    case 'suspect':
      return { state: 'warn', word: words.top.suspect(names), why: words.top.suspectWhy };
    case 'none':
      return { state: 'good', word: words.top.normal };
    case 'unknown':
      return never
        ? { state: 'unknown', word: words.top.notChecked, why: words.top.notCheckedWhy }
        : { state: 'unknown', word: words.top.notKnown, why: words.top.notKnownWhy };
  }
}

function lineLight(links: readonly LinkView[]): Light {
  const down = links.find((link) => link.state === 'down');
  if (down !== undefined) return { state: 'bad', word: words.top.down, ...why(down.reason?.zh) };
  if (links.length === 0 || links.some((link) => link.state === 'connecting'))
    return { state: 'wait', word: words.top.connecting };
  const limits = links.flatMap((link) => link.limits);
  if (limits.length > 0)
    return { state: 'wait', word: words.top.limited, why: limits.map(({ zh }) => zh).join('；') };
  return { state: 'good', word: words.top.normal };
}

/** Green only while growth is seen (D5); between calls there is nothing to prove. */
function recordingLight(calls: readonly CallView[]): Light {
  const live = calls.filter((call) => call.phase !== 'ended').flatMap(toldRecordings);
  if (live.some((recording) => recording.state === 'no-growth'))
    return { state: 'bad', word: words.top.trouble, why: words.bars.recordingTrouble };
  const shown = live.find((recording) => recording.state === 'recording') ?? live[0];
  if (shown === undefined) return { state: 'wait', word: words.top.idle };
  const state = shown.state === 'recording' ? 'good' : shown.state === 'cannot-check' ? 'unknown' : 'wait';
  return { state, word: words.recordingState[shown.state] };
}

function why(text: string | undefined): { readonly why?: string } {
  return text === undefined ? {} : { why: text };
}
