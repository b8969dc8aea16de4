/**
 * The window over a call's axis: the whole call, or a part of it that is scrolled. Everything that stands on the axis lies in
 * one element of the axis' own width, so that nothing of it can move against the rest.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Stretch } from './axis.ts';
import { useWidth } from './use-width.ts';
import { drawnAround, spanWithin, viewFrom } from './zoom.ts';

/** Half as much is seen, twice as much, or all. */
export type ZoomStep = 'in' | 'out' | 'whole';

export interface Zoom {
  /** Seconds seen at once. */
  readonly span: number;
  readonly isWhole: boolean;
  /** Of the whole axis, pixels. */
  readonly width: number;
  readonly drawn: Stretch;
  /** `at` stays where it stands, or comes into the middle when it was not seen. */
  readonly step: (step: ZoomStep, at: number) => void;
  /** Brings a place into view; one that is seen already moves nothing. */
  readonly reveal: (at: number) => void;
  readonly isSeen: (at: number) => boolean;
}

/** So far from the left stands what was brought into view: what follows it is what one wants to see. */
const AHEAD = 0.15;
/** Turned so far (one notch of most wheels is 100 to 120), half or twice as much is seen. */
const WHEEL_PIXELS = 240;
/** Where a wheel counts lines. */
const LINE_PIXELS = 33;

const FACTORS = { in: 0.5, out: 2 } as const;

/** `scroller` scrolls the axis of `seconds`. */
export function useZoom(scroller: HTMLElement | null, seconds: number): Zoom {
  const seen = useWidth(scroller);
  /** Null: all of it, however long it becomes. */
  const [wished, setWished] = useState<number | null>(null);
  const [place, setPlace] = useState(0);
  /** Where what is seen begins, seconds. */
  const from = useRef(0);
  const span = wished === null ? seconds : spanWithin(wished, seconds);
  const width = Math.round((seen * seconds) / span);
  const perSecond = width / seconds;

  /** As it is on the screen: what is scrolled is told a frame later, when React may not have come round yet. */
  const scale = useRef({ perSecond, span });

  useLayoutEffect(() => {
    scale.current = { perSecond, span };
    if (scroller !== null) scroller.scrollLeft = from.current * perSecond;
  }, [scroller, perSecond, span]);

  useEffect(() => {
    if (scroller === null) return;
    const onScroll = (): void => {
      from.current = scroller.scrollLeft / scale.current.perSecond;
      setPlace(Math.floor(from.current / scale.current.span));
    };
    scroller.addEventListener('scroll', onScroll);
    return () => scroller.removeEventListener('scroll', onScroll);
  }, [scroller]);

  function change(factor: number | null, at: number, share: number): void {
    const next = factor === null ? seconds : spanWithin(span * factor, seconds);
    from.current = viewFrom(at, { share, span: next, seconds });
    setWished(next >= seconds ? null : next);
    setPlace(Math.floor(from.current / next));
  }

  const wheel = useRef(change);
  useEffect(() => {
    wheel.current = change;
  });
  useEffect(() => {
    if (scroller === null) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { left, width: across } = scroller.getBoundingClientRect();
      const share = Math.max(0, Math.min(1, (event.clientX - left) / across));
      const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
      wheel.current(2 ** (turned / WHEEL_PIXELS), from.current + share * scale.current.span, share);
    };
    // The browser would change the size of the whole page, and React's own listener may not forbid it.
    scroller.addEventListener('wheel', onWheel, { passive: false });
    return () => scroller.removeEventListener('wheel', onWheel);
  }, [scroller]);

  const isSeen = (at: number): boolean => at >= from.current && at <= from.current + span;
  return {
    span,
    isWhole: wished === null,
    width,
    drawn: drawnAround(place, span, seconds),
    step: (step, at) =>
      change(step === 'whole' ? null : FACTORS[step], at, isSeen(at) ? (at - from.current) / span : 0.5),
    isSeen,
    reveal: (at) => {
      if (scroller === null || isSeen(at)) return;
      from.current = viewFrom(at, { share: AHEAD, span, seconds });
      scroller.scrollLeft = from.current * perSecond;
    },
  };
}
