/**
 * One recording that is heard: asked for by HTTP ranges when it is first played, after a reason where one is owed, and
 * stopped at once when its 校验 fails.
 */
import { type AudioHTMLAttributes, type RefObject, useEffect, useRef, useState } from 'react';
import type { RecordingView } from '../web/protocol/call-view.ts';
import { type Listening, useListening } from './use-listening.ts';

export interface Sound {
  /** For the `<audio>` that stands for it, with all that `attributes` says. */
  readonly audio: RefObject<HTMLAudioElement | null>;
  readonly attributes: AudioHTMLAttributes<HTMLAudioElement>;
  readonly playing: boolean;
  /** Seconds, as far as is known. */
  readonly length: number;
  readonly failed: boolean;
  readonly listening: Listening;
  readonly toggle: () => void;
  /** Plays; `reason` null where none was given (yet). */
  readonly begin: (reason: string | null) => Promise<void>;
  readonly pause: () => void;
  readonly jump: (seconds: number) => void;
  readonly now: () => number;
}

export interface SoundWishes {
  readonly speed: number;
  /** 0 to 1. */
  readonly volume?: number;
  /** Said for this sound already; null: not yet. */
  readonly reason?: string | null;
  /** Where it stands now, seconds; several times a second while it plays. */
  readonly onAt: (seconds: number) => void;
  readonly onEnded?: () => void;
}

export function useSound(recording: RecordingView, wishes: SoundWishes): Sound {
  const { speed, volume = 1, reason: given = null, onAt, onEnded } = wishes;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [heard, setHeard] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const listening = useListening(recording);
  const { stopped, paused } = listening;
  const length = heard ?? recording.seconds ?? 0;
  const tellAt = useRef(onAt);
  useEffect(() => {
    tellAt.current = onAt;
  });

  // 校验不一致 may come while it plays: nothing more of it is heard, not even what has come already.
  useEffect(() => {
    const element = audio.current;
    if (stopped === null || element === null) return;
    element.pause();
    // Loading anew takes back the element's own word that it paused.
    paused();
    setPlaying(false);
    tellAt.current(0);
    element.load();
  }, [stopped, paused]);

  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    element.preservesPitch = true;
    element.playbackRate = speed;
    element.volume = volume;
  }, [speed, volume]);

  /** The sound is asked for only now: not before a reason is given where one is owed. */
  async function begin(reason: string | null): Promise<void> {
    const element = audio.current;
    if (element === null || stopped !== null || !(await listening.open(reason))) return;
    setFailed(false);
    if (element.error !== null || element.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) element.load();
    // Loading sets it back.
    element.playbackRate = speed;
    element.play().catch((error: unknown) => {
      // Stopped again before its first sound: that is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailed(true);
    });
  }

  return {
    audio,
    attributes: {
      src: stopped === null ? `/api/recordings/${encodeURIComponent(recording.id)}` : undefined,
      preload: 'none',
      // The element tells where it stands a few times a second: both ends of what was heard are told here.
      onPlay: ({ currentTarget }) => {
        setPlaying(true);
        listening.at(currentTarget.currentTime);
      },
      onPause: ({ currentTarget }) => {
        setPlaying(false);
        listening.at(currentTarget.currentTime);
        paused();
      },
      onTimeUpdate: ({ currentTarget: { currentTime, paused: isPaused } }) => {
        onAt(currentTime);
        if (!isPaused) listening.at(currentTime);
      },
      onLoadedMetadata: ({ currentTarget: { duration } }) => {
        if (Number.isFinite(duration)) setHeard(duration);
      },
      onEnded: () => onEnded?.(),
      onError: () => setFailed(true),
    },
    playing,
    length,
    failed,
    listening,
    toggle: () => {
      const element = audio.current;
      if (element === null || stopped !== null) return;
      if (element.paused) void begin(given);
      else element.pause();
    },
    begin,
    pause: () => audio.current?.pause(),
    jump: (to) => {
      listening.jumped();
      if (audio.current !== null) audio.current.currentTime = Math.max(0, Math.min(to, length));
    },
    now: () => audio.current?.currentTime ?? 0,
  };
}
