/**
 * Draws lanes by wavesurfer.js, which is imported here only. It gets the heights that the service has measured and never
 * any sound: the one that is heard is an `<audio>` of its own, read by ranges.
 */
import WaveSurfer from 'wavesurfer.js';
import type { Lanes } from './lanes.ts';

export interface WaveLook {
  /** CSS colours, a lane each: to come, and heard. */
  readonly colours: readonly { readonly wave: string; readonly heard: string }[];
  readonly cursor: string;
  /** Of one lane, pixels. */
  readonly height: number;
}

export interface Wave {
  /** Seconds on the axis. */
  show(at: number): void;
  destroy(): void;
}

/** `seconds` is the length of the axis; `onSeek` hears where a hand points. */
export function drawWave(
  container: HTMLElement,
  { sides, highest }: Lanes,
  seconds: number,
  look: WaveLook,
  onSeek: (at: number) => void,
): Wave {
  const surfer = WaveSurfer.create({
    container,
    peaks: [...sides],
    duration: seconds,
    height: look.height,
    normalize: true,
    maxPeak: highest,
    splitChannels: sides.map((_side, lane) => ({
      waveColor: look.colours[lane]?.wave ?? look.cursor,
      progressColor: look.colours[lane]?.heard ?? look.cursor,
    })),
    cursorColor: look.cursor,
    cursorWidth: 2,
    dragToSeek: true,
    autoScroll: false,
    hideScrollbar: true,
  });
  let last = 0;
  let ready = false;
  surfer.on('interaction', onSeek);
  // Before its lanes are drawn it does not know how long they are.
  surfer.on('ready', () => {
    ready = true;
    surfer.setTime(last);
  });
  return {
    show: (at) => {
      last = at;
      if (ready) surfer.setTime(at);
    },
    destroy: () => surfer.destroy(),
  };
}
