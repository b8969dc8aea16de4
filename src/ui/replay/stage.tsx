/** The lanes of a call over its axis: 对方 above, 本室 below, the ring hatched, what is missing in red, marks as flags. */
import {
  type CSSProperties,
  type ReactElement,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { beginning } from '../bidi.ts';
import { duration, playTime } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import type { Axis, Stretch } from './axis.ts';
import { type Flag, linesOf } from './flags.ts';
import { type Lanes, laneCut } from './lanes.ts';
import { Ruler } from './ruler.tsx';
import { useLook } from './use-look.ts';
import { useZoom, type ZoomStep } from './use-zoom.ts';
import { drawWave, type Wave, type WaveLook } from './wave.ts';
import { replayWords as say } from './words.ts';
import { ZoomBar } from './zoom-bar.tsx';

export interface StageHandle {
  /** Seconds on the axis; where it plays out of what is seen, that goes along. */
  readonly show: (at: number) => void;
  /** Brings a place into view. */
  readonly reveal: (at: number) => void;
  readonly zoom: (step: ZoomStep) => void;
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
  /** Beside the buttons of 缩放. */
  readonly children: ReactNode;
}): ReactElement {
  const { axis, lanes, flags, loop, onSeek } = props;
  const { seconds } = axis;
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const slider = useRef<HTMLDivElement>(null);
  const wave = useRef<Wave | null>(null);
  const stands = useRef(0);
  const seek = useRef(onSeek);
  useEffect(() => {
    seek.current = onSeek;
  });
  const look = useLook();
  const zoom = useZoom(scroller, seconds);
  const { drawn, width } = zoom;
  const { from, to } = drawn;

  // biome-ignore lint/correctness/useExhaustiveDependencies: by night, and in a low window, the lanes are drawn otherwise.
  useLayoutEffect(() => {
    if (frame === null) return;
    const cut = laneCut(lanes, { from, to });
    const shown = drawWave(frame, cut, to - from, lookOf(frame, lanes.sides.length), (at) =>
      seek.current(from + at),
    );
    shown.show(stands.current - from);
    wave.current = { ...shown, show: (at) => shown.show(at - from) };
    return () => {
      wave.current = null;
      shown.destroy();
    };
  }, [frame, lanes, from, to, look]);

  const step = (wish: ZoomStep): void => zoom.step(wish, stands.current);
  useImperativeHandle(props.ref, () => ({
    show: (at) => {
      const wasSeen = zoom.isSeen(stands.current);
      stands.current = at;
      // Who has scrolled elsewhere is looking at something.
      if (wasSeen) zoom.reveal(at);
      wave.current?.show(at);
      slider.current?.setAttribute('aria-valuenow', at.toFixed(2));
      slider.current?.setAttribute('aria-valuetext', playTime(at));
    },
    reveal: zoom.reveal,
    zoom: step,
  }));

  const lines = linesOf(flags, { seconds, width, lines: FLAG_LINES });
  const used = Math.max(1, ...[...lines.values()].map(({ line }) => line + 1));
  const across = (stretch: Stretch): CSSProperties => ({
    left: percent(stretch.from, axis),
    width: percent(stretch.to - stretch.from, axis),
  });
  const names = lanes.sides.length === 1 ? [say.lanes.mixed] : [say.lanes.caller, say.lanes.room];
  return (
    <div className="replay-stage">
      <div className="replay-scroller" ref={setScroller}>
        <div className="replay-axis" style={{ width: zoom.isWhole ? '100%' : `${width}px` }}>
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
            aria-valuemax={Math.round(seconds)}
            aria-valuenow={0}
          >
            <div
              ref={setFrame}
              className="replay-wave"
              style={{ marginLeft: percent(from, axis), width: percent(to - from, axis) }}
            />
            {axis.ring !== null && (
              <div
                className="replay-ring"
                style={across(axis.ring)}
                title={say.ringing(ofStretch(axis.ring))}
              />
            )}
            {axis.gaps.map((gap) => (
              <div
                key={gap.from}
                className="replay-gap"
                style={across(gap)}
                title={say.gap(gap.to - gap.from)}
              >
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
            <div className="replay-lane-names">
              {names.map((name) => (
                <p key={name}>
                  <span>{name}</span>
                </p>
              ))}
            </div>
          </div>
          <Ruler drawn={drawn} seconds={seconds} perSecond={width / seconds} />
        </div>
      </div>
      <div className="replay-under">
        {props.children}
        <ZoomBar span={zoom.span} isWhole={zoom.isWhole} onStep={step} />
      </div>
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
