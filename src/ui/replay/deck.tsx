/** The transport of one sound of the call: playing, speed, volume, loop, 片段. Where it stands is said in seconds of that sound. */
import { Button } from 'antd';
import { type ReactElement, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { RecordingView } from '../../web/protocol/call-view.ts';
import { ClipBar } from '../clip-bar.tsx';
import { playMoment } from '../format.ts';
import { ReasonForm } from '../reason-form.tsx';
import { type MarkedClip, useClip } from '../use-clip.ts';
import { useOwnKeys } from '../use-own-keys.ts';
import { type Sound, useSound } from '../use-sound.ts';
import { words } from '../words.ts';
import { type ReplaySettings, SPEEDS } from './settings.ts';
import { replayWords as say } from './words.ts';

export interface DeckHandle {
  readonly toggle: () => void;
  readonly play: () => void;
  readonly playing: () => boolean;
  readonly jump: (seconds: number) => void;
  readonly now: () => number;
  readonly markClip: (end: 'from' | 'to') => void;
  readonly exportClip: () => void;
  /** Lets go of the loop; false where there is none. */
  readonly unloop: () => boolean;
}

export interface LoopEnds {
  readonly from: number | null;
  readonly to: number | null;
}

/** Pressed A twice within this there is nothing to go round in. */
const SHORTEST_LOOP = 0.3;

interface DeckProps {
  readonly recording: RecordingView;
  readonly settings: ReplaySettings;
  readonly onSettings: (settings: ReplaySettings) => void;
  /** Said for this round of listening; null: nothing yet. */
  readonly reason: string | null;
  readonly onReason: (reason: string | null) => void;
  /** `0:12 / 3:40` of the call, and what else is to be said of where it stands. */
  readonly position: string;
  readonly onAt: (seconds: number) => void;
  readonly onEnded: () => void;
  readonly onLoop: (ends: LoopEnds) => void;
  /** Space, the button, and Enter after a reason come through here: what is played may be another sound. */
  readonly onToggle: () => void;
  readonly onSkip: (seconds: number) => void;
  readonly onHome: () => void;
  readonly onNote: () => void;
  readonly onNext: () => void;
}

export function Deck({ ref, ...props }: DeckProps & { readonly ref: Ref<DeckHandle> }): ReactElement {
  const { recording, settings, onAt, onLoop } = props;
  const clip = useClip(recording.id);
  const loop = loopOf(clip);
  const sound = useSound(recording, {
    ...settings,
    reason: props.reason,
    onAt,
    onEnded: () => (loop === null ? props.onEnded() : again(loop.from)),
  });
  const { listening, playing, now } = sound;
  useFrames(playing, () => {
    const at = now();
    if (loop !== null && at >= loop.to && isRunning()) again(loop.from);
    else onAt(at);
  });
  const { from, to } = clip;
  useEffect(() => onLoop({ from, to }), [from, to, onLoop]);

  /** Asked of the element: a frame may still come between its pause and React's word of it. */
  function isRunning(): boolean {
    return sound.audio.current?.paused === false;
  }

  function again(seconds: number): void {
    // At the very end it has stopped by itself; where a person stopped it, it stays stopped.
    const hasStoppedByItself = sound.audio.current?.ended === true;
    sound.jump(seconds);
    onAt(seconds);
    if (hasStoppedByItself) void sound.begin(props.reason);
  }

  useImperativeHandle(ref, () => ({
    toggle: sound.toggle,
    play: () => void sound.begin(props.reason),
    playing: () => playing,
    jump: sound.jump,
    now,
    markClip: (end) => {
      if (listening.stopped === null) clip.mark(end, now());
    },
    exportClip: () => {
      if (listening.stopped === null) clip.run(null);
    },
    unloop: () => {
      const had = clip.from !== null || clip.to !== null;
      clip.clear();
      return had;
    },
  }));

  const { stopped } = listening;
  const keys = useOwnKeys();
  return (
    <section className="replay-deck" aria-label={`${say.deck.playOrPause}${keys.behind('replay-toggle')}`}>
      <audio ref={sound.audio} {...sound.attributes}>
        <track kind="captions" />
      </audio>
      {stopped === null ? (
        <>
          <Buttons {...props} playing={playing} />
          {listening.asks && (
            <ReasonForm
              words={words.why}
              onReason={(reason) => {
                props.onReason(reason);
                void sound.begin(reason);
              }}
            />
          )}
          <Trouble sound={sound} />
          <div className="replay-clip">
            <ClipBar clip={clip} at={now} />
            {loop !== null && (
              <Button size="small" title={say.deck.unloop} onClick={clip.clear}>
                {say.deck.loop(playMoment(loop.from), playMoment(loop.to))}　×
              </Button>
            )}
            {props.reason !== null && (
              <span className="note">
                {say.reason(props.reason)}{' '}
                <button type="button" className="text-button" onClick={() => props.onReason(null)}>
                  {say.otherReason}
                </button>
              </span>
            )}
          </div>
        </>
      ) : (
        <p className="wrong stopped" role="alert">
          {words.stopped[stopped]}
          <Button size="small" onClick={listening.check}>
            {words.stopped.again}
          </Button>
        </p>
      )}
    </section>
  );
}

function Buttons(props: DeckProps & { readonly playing: boolean }): ReactElement {
  const { settings, onSettings, playing } = props;
  const keys = useOwnKeys();
  const speed = say.deck.speed(keys.said('replay-slower'), keys.said('replay-faster'));
  return (
    <p className="transport-buttons">
      <Button size="small" title={`${say.deck.home}${keys.behind('replay-home')}`} onClick={props.onHome}>
        {say.deck.homeShort}
      </Button>
      <Button
        size="small"
        title={say.deck.back(keys.said('replay-back'), keys.said('replay-back-1'))}
        onClick={() => props.onSkip(-5)}
      >
        −5
      </Button>
      <Button
        size="small"
        type="primary"
        className="play"
        title={`${say.deck.playOrPause}${keys.behind('replay-toggle')}`}
        onClick={props.onToggle}
      >
        {playing ? say.deck.pause : say.deck.play}
      </Button>
      <Button
        size="small"
        title={say.deck.forward(keys.said('replay-on'), keys.said('replay-on-1'))}
        onClick={() => props.onSkip(5)}
      >
        +5
      </Button>
      <select
        aria-label={speed}
        title={speed}
        value={settings.speed}
        onChange={(event) => onSettings({ ...settings, speed: Number(event.target.value) })}
      >
        {SPEEDS.map((rate) => (
          <option key={rate} value={rate}>
            {rate}×
          </option>
        ))}
      </select>
      <input
        type="range"
        className="replay-volume"
        aria-label={say.deck.volume}
        title={say.deck.volume}
        min={0}
        max={100}
        step={5}
        value={Math.round(settings.volume * 100)}
        onChange={(event) => onSettings({ ...settings, volume: Number(event.target.value) / 100 })}
      />
      <span className="position">{props.position}</span>
      <Button size="small" title={`${say.deck.note}${keys.behind('replay-note')}`} onClick={props.onNote}>
        <kbd>{keys.said('replay-note')}</kbd>
        {say.deck.note}
      </Button>
      <Button size="small" title={`${say.deck.next}${keys.behind('replay-next')}`} onClick={props.onNext}>
        {say.deck.next}
      </Button>
    </p>
  );
}

function Trouble({ sound }: { readonly sound: Sound }): ReactElement {
  const { refusal } = sound.listening;
  return (
    <>
      {refusal !== null && <p className="wrong">{refusal.zh}</p>}
      {sound.failed && <p className="wrong">{words.facts.playFailed}</p>}
    </>
  );
}

function loopOf({ from, to }: Pick<MarkedClip, 'from' | 'to'>): { from: number; to: number } | null {
  return from === null || to === null || to - from < SHORTEST_LOOP ? null : { from, to };
}

/** Four times a second, as the element tells of itself, is too seldom for a moving line and the end of a loop. */
function useFrames(running: boolean, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!running) return;
    let frame = requestAnimationFrame(function look() {
      latest.current();
      frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [running]);
}
