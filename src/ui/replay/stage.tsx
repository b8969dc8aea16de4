/** The lanes of a call over its axis: 对方 above, 本室 below, the ring hatched, what is missing in red, marks as flags. */
import {
  type CSSProperties,
  type ReactElement,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { beginning } from '../bidi.ts';
import { duration, playTime } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { Axis, Stretch } from './axis.ts';
import { type Flag, linesOf } from './flags.ts';
import type { Lanes } from './lanes.ts';
import { useLook } from './use-look.ts';
import { useWidth } from './use-width.ts';
import { drawWave, type Wave, type WaveLook } from './wave.ts';
import { replayWords as say } from './words.ts';

export interface StageHandle {
  /** Seconds on the axis. */
  readonly show: (at: number) => void;
}

const FLAG_LINES = 3;
const FLAG_HEIGHT = 22;
const SHOWN_SIGNS = 11;

export function Stage(props: {
  readonly ref: Ref<StageHandle>;
  readonly axis: Axis;
  readonly lanes: Lanes;
  readonly flags: readonly Flag[];
  readonly loop: Stretch | null;
  readonly onSeek: (at: number) => void;
}): ReactElement {
  const { axis, lanes, flags, loop, onSeek } = props;
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const slider = useRef<HTMLDivElement>(null);
  const wave = useRef<Wave | null>(null);
  const stands = useRef(0);
  const seek = useRef(onSeek);
  useEffect(() => {
    seek.current = onSeek;
  });
  const look = useLook();
  const width = useWidth(frame);

  // biome-ignore lint/correctness/useExhaustiveDependencies: by night, and in a low window, the lanes are drawn otherwise.
  useEffect(() => {
    if (frame === null) return;
    const drawn = drawWave(frame, lanes, axis.seconds, lookOf(frame, lanes.sides.length), (at) =>
      seek.current(at),
    );
    drawn.show(stands.current);
    wave.current = drawn;
    return () => {
      wave.current = null;
      drawn.destroy();
    };
  }, [frame, lanes, axis.seconds, look]);

  useImperativeHandle(props.ref, () => ({
    show: (at) => {
      stands.current = at;
      wave.current?.show(at);
      slider.current?.setAttribute('aria-valuenow', at.toFixed(2));
      slider.current?.setAttribute('aria-valuetext', playTime(at));
    },
  }));

  const lines = linesOf(flags, { seconds: axis.seconds, width, lines: FLAG_LINES });
  const used = Math.max(1, ...[...lines.values()].map(({ line }) => line + 1));
  const across = ({ from, to }: Stretch): CSSProperties => ({
    left: percent(from, axis),
    width: percent(to - from, axis),
  });
  const names = lanes.sides.length === 1 ? [say.lanes.mixed] : [say.lanes.caller, say.lanes.room];
  return (
    <div className="replay-stage">
      <div className="replay-flags" style={{ height: `${used * FLAG_HEIGHT}px` }}>
        {flags.map((flag) => (
          <FlagMark
            key={flag.key}
            flag={flag}
            axis={axis}
            place={lines.get(flag.key)}
            last={used - 1}
            onSeek={onSeek}
          />
        ))}
      </div>
      <div
        className={`replay-lanes replay-lanes-${lanes.sides.length}`}
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label={say.stage}
        aria-valuemin={0}
        aria-valuemax={Math.round(axis.seconds)}
        aria-valuenow={0}
      >
        <div ref={setFrame} className="replay-wave" />
        {axis.ring !== null && (
          <div className="replay-ring" style={across(axis.ring)} title={say.ringing(ofStretch(axis.ring))} />
        )}
        {axis.gaps.map((gap) => (
          <div key={gap.from} className="replay-gap" style={across(gap)} title={say.gap(gap.to - gap.from)}>
            <span>{say.gap(gap.to - gap.from)}</span>
          </div>
        ))}
        {loop !== null && <div className="replay-loop" style={across(loop)} />}
        {flags.map((flag) => (
          <i
            key={flag.key}
            className={`replay-pole replay-pole-${flag.kind}`}
            style={{ left: percent(flag.at, axis) }}
          />
        ))}
        {names.map((name) => (
          <span key={name} className="replay-lane-name">
            {name}
          </span>
        ))}
      </div>
      <p className="replay-ends" aria-hidden="true">
        <span>{playTime(0)}</span>
        <span>{playTime(axis.seconds)}</span>
      </p>
    </div>
  );
}

/** Its text where there is room, else its pole alone, which can be pointed at. */
function FlagMark(props: {
  readonly flag: Flag;
  readonly axis: Axis;
  readonly place: { readonly line: number; readonly leftwards: boolean } | undefined;
  /** Where a bare pole stands. */
  readonly last: number;
  readonly onSeek: (at: number) => void;
}): ReactElement {
  const { flag, axis, place } = props;
  const line = place?.line ?? props.last;
  const side = place?.leftwards === true ? ' replay-flag-left' : '';
  const label = say.flags.goTo(flag.at, flag.text);
  return (
    <button
      type="button"
      className={`replay-flag replay-flag-${flag.kind}${side}${place === undefined ? ' replay-flag-bare' : ''}`}
      style={{ left: percent(flag.at, axis), top: `${line * FLAG_HEIGHT}px` }}
      title={label}
      aria-label={label}
      onClick={() => props.onSeek(flag.at)}
    >
      {place !== undefined && <OutsideText text={shown(flag.text)} />}
    </button>
  );
}

function shown(text: string): string {
  const first = beginning(text, SHOWN_SIGNS);
  return first.length < text.length ? `${first}…` : text;
}

function percent(seconds: number, axis: Axis): string {
  return `${(seconds / axis.seconds) * 100}%`;
}

function ofStretch({ from, to }: Stretch): string {
  return duration((to - from) * 1000);
}

/** Colours and heights stand in the style sheet, which knows night and small windows. */
function lookOf(frame: HTMLElement, lanes: number): WaveLook {
  const style = getComputedStyle(frame);
  const value = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const colour = (name: string) => ({ wave: value(`wave-${name}`), heard: value(`heard-${name}`) });
  return {
    colours: lanes === 1 ? [colour('mixed')] : [colour('caller'), colour('room')],
    cursor: value('cursor'),
    height: Number.parseInt(value('lane'), 10) || 96,
  };
}
