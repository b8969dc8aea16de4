/** Plays this call's sound by HTTP ranges, driven by buttons and, while the caret stays in the text, by F8 and F9. */
import { Button } from 'antd';
import { type ReactElement, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { CallView, RecordingView } from '../web/protocol/call-view.ts';
import { playTime, size } from './format.ts';
import { Badge, type Tone } from './state-mark.tsx';
import { toldRecordings } from './told-recordings.ts';
import { words } from './words.ts';

export interface PlayerHandle {
  readonly toggle: () => void;
  readonly back: (seconds: number) => void;
}

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
/** Nothing more will come of these by itself. */
const FINAL: ReadonlySet<RecordingView['state']> = new Set([
  'attached',
  'no-sound',
  'missing',
  'refused-path',
]);
const TONES: Readonly<Record<RecordingView['state'], Tone>> = {
  starting: 'grey',
  recording: 'green',
  'no-growth': 'red',
  'cannot-check': 'grey',
  attached: 'blue',
  'no-sound': 'amber',
  missing: 'red',
  'refused-path': 'red',
};

export function Player(props: { readonly ref: Ref<PlayerHandle>; readonly call: CallView }): ReactElement {
  const recordings = toldRecordings(props.call);
  const [chosen, setChosen] = useState<string | null>(null);
  const playable = recordings.filter((recording) => recording.state === 'attached');
  const current = playable.find((recording) => recording.id === chosen) ?? playable[0];
  if (recordings.length === 0) return <p className="empty-say">{whyNone(props.call)}</p>;
  const coming = recordings.some(({ state }) => !FINAL.has(state));
  return (
    <div className="player">
      {recordings.map((recording, index) => (
        <p key={recording.id} className="recording">
          <Badge
            tone={TONES[recording.state]}
            mark={recording.state === 'recording' ? 'dot' : recording.state === 'attached' ? 'tick' : 'ring'}
            word={words.recordingState[recording.state]}
          />
          {recordings.length > 1 && (
            <button
              type="button"
              className="text-button"
              disabled={recording.state !== 'attached'}
              aria-pressed={recording === current}
              onClick={() => setChosen(recording.id)}
            >
              {recording.part === 'talk' ? words.facts.part(index + 1) : words.facts.beforeAnswer}
            </button>
          )}
          {recording.seconds !== null && <span>{playTime(recording.seconds)}</span>}
          {recording.bytes !== null && <span>{size(recording.bytes)}</span>}
          {recording.repaired && <span>{words.facts.repaired}</span>}
        </p>
      ))}
      {current === undefined ? (
        coming && <p className="empty-say">{words.facts.recordingPending}</p>
      ) : (
        <Transport key={current.id} ref={props.ref} recording={current} />
      )}
    </div>
  );
}

function whyNone(call: CallView): string {
  if (call.phase !== 'ended') return words.facts.recordingLater;
  return call.answeredAt === null ? words.facts.noTalk : words.facts.noRecording;
}

function Transport(props: {
  readonly ref: Ref<PlayerHandle>;
  readonly recording: RecordingView;
}): ReactElement {
  const { recording } = props;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [heard, setHeard] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const [speed, setSpeed] = useState(1);
  const length = heard ?? recording.seconds ?? 0;

  function toggle(): void {
    const element = audio.current;
    if (element === null) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    setFailed(false);
    element.playbackRate = speed;
    element.play().catch(() => setFailed(true));
  }
  function jump(to: number): void {
    if (audio.current !== null) audio.current.currentTime = Math.max(0, Math.min(to, length));
  }
  const back = (seconds: number): void => jump((audio.current?.currentTime ?? 0) - seconds);
  useImperativeHandle(props.ref, () => ({ toggle, back }));

  return (
    <div className="transport">
      <audio
        ref={audio}
        src={`/api/recordings/${encodeURIComponent(recording.id)}`}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setHeard(duration);
        }}
        onError={() => setFailed(true)}
      >
        <track kind="captions" />
      </audio>
      <p className="transport-buttons">
        <Button size="small" title={words.facts.back} onClick={() => back(5)}>
          −5
        </Button>
        <Button
          size="small"
          type="primary"
          className="play"
          aria-label={playing ? words.facts.pause : words.facts.play}
          title={playing ? words.facts.pause : words.facts.play}
          onClick={toggle}
        >
          {playing ? words.facts.pauseShort : words.facts.playShort}
        </Button>
        <Button size="small" title={words.facts.forward} onClick={() => back(-5)}>
          +5
        </Button>
        <select
          aria-label={words.facts.speed}
          value={speed}
          onChange={(event) => {
            const next = Number(event.target.value);
            setSpeed(next);
            if (audio.current !== null) audio.current.playbackRate = next;
          }}
        >
          {SPEEDS.map((rate) => (
            <option key={rate} value={rate}>
              {rate}×
            </option>
          ))}
        </select>
        <span className="position">
          {playTime(at)} / {playTime(length)}
        </span>
      </p>
      <input
        type="range"
        className="seek"
        aria-label={words.facts.position}
        aria-valuetext={playTime(at)}
        min={0}
        max={Math.max(1, Math.ceil(length))}
        step={0.1}
        value={at}
        onChange={(event) => jump(Number(event.target.value))}
      />
      {failed && <p className="wrong">{words.facts.playFailed}</p>}
      {recording.sha256 !== null && (
        <p className="note digest" title={recording.sha256}>
          {words.facts.digest} SHA-256 {recording.sha256.slice(0, 16)}…
        </p>
      )}
    </div>
  );
}
