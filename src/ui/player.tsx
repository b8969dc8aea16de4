/** Plays this call's sound by HTTP ranges, driven by buttons and, while the caret stays in the text, by keys; marks 片段. */
import { Button } from 'antd';
import { type ReactElement, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { CallView, RecordingView } from '../web/protocol/call-view.ts';
import { momentAt, type Place, placeOf } from './call-moments.ts';
import { ClipBar } from './clip-bar.tsx';
import { playTime } from './format.ts';
import { ReasonForm } from './reason-form.tsx';
import { RecordingLine } from './recording-line.tsx';
import { toldRecordings } from './told-recordings.ts';
import { useClip } from './use-clip.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { useSound } from './use-sound.ts';
import { isComing, whyUnheard } from './why-unheard.ts';
import { words } from './words.ts';

export interface PlayerHandle {
  readonly toggle: () => void;
  readonly back: (seconds: number) => void;
  /** Sets one end of the 片段 where the sound stands. */
  readonly markClip: (end: 'from' | 'to') => void;
  readonly exportClip: () => void;
  /** The moment of the call where the sound stands, ms UTC; null where nothing can be played. */
  readonly moment: () => number | null;
  /** Puts the sound at a moment of the call; false where no sound has it. */
  readonly goTo: (moment: number) => boolean;
}

/** Of one recording. */
type TransportHandle = Omit<PlayerHandle, 'moment' | 'goTo'> & {
  readonly seconds: () => number;
  readonly seek: (seconds: number) => void;
};

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
export function Player(props: { readonly ref: Ref<PlayerHandle>; readonly call: CallView }): ReactElement {
  const recordings = toldRecordings(props.call);
  const [chosen, setChosen] = useState<string | null>(null);
  const playable = recordings.filter((recording) => recording.state === 'attached');
  const current = playable.find((recording) => recording.id === chosen) ?? playable[0];
  const transport = useRef<TransportHandle>(null);
  const [going, setGoing] = useState<Place | null>(null);
  useEffect(() => {
    if (going !== null && going.recording === current?.id) transport.current?.seek(going.seconds);
  }, [going, current?.id]);
  useImperativeHandle(props.ref, () => ({
    toggle: () => transport.current?.toggle(),
    back: (seconds) => transport.current?.back(seconds),
    markClip: (end) => transport.current?.markClip(end),
    exportClip: () => transport.current?.exportClip(),
    moment: () =>
      current === undefined || transport.current === null
        ? null
        : momentAt(props.call, current, transport.current.seconds()),
    goTo: (moment) => {
      const place = placeOf(props.call, moment, playable);
      if (place === null) return false;
      setChosen(place.recording);
      setGoing(place);
      return true;
    },
  }));
  const why = whyUnheard(props.call);
  if (recordings.length === 0) return <p className="empty-say">{why}</p>;
  const talks = recordings.filter(({ part }) => part === 'talk');
  return (
    <div className="player">
      {recordings.map((recording) => (
        <RecordingLine
          key={recording.id}
          recording={recording}
          place={recordings.length > 1 ? talks.indexOf(recording) + 1 : null}
          chosen={recording === current}
          onChoose={() => setChosen(recording.id)}
        />
      ))}
      {current === undefined ? (
        isComing(recordings) && <p className="empty-say">{why}</p>
      ) : (
        <Transport key={current.id} ref={transport} recording={current} />
      )}
    </div>
  );
}

function Transport(props: {
  readonly ref: Ref<TransportHandle>;
  readonly recording: RecordingView;
}): ReactElement {
  const { recording } = props;
  const slider = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(1);
  const sound = useSound(recording, { speed, onAt: showAt });
  const { playing, length, failed, listening, toggle, begin, jump, now } = sound;
  const { stopped } = listening;
  const keys = useOwnKeys();
  const word = words.facts[playing ? 'pause' : 'play'];
  const clip = useClip(recording.id);

  function showAt(seconds: number): void {
    setAt(seconds);
    if (slider.current !== null) slider.current.value = String(seconds);
  }
  const back = (seconds: number): void => jump(now() - seconds);
  useImperativeHandle(props.ref, () => ({
    toggle,
    back,
    seconds: now,
    seek: (seconds) => {
      jump(seconds);
      showAt(seconds);
    },
    markClip: (end) => {
      if (stopped === null) clip.mark(end, now());
    },
    exportClip: () => {
      if (stopped === null) clip.run(null);
    },
  }));

  return (
    <div className="transport">
      <audio ref={sound.audio} {...sound.attributes}>
        <track kind="captions" />
      </audio>
      {stopped === null ? (
        <>
          <p className="transport-buttons">
            <Button size="small" title={words.facts.back(keys.said('back-3'))} onClick={() => back(5)}>
              −5
            </Button>
            <Button
              size="small"
              type="primary"
              className="play"
              aria-label={`${word}${keys.behind('play-pause')}`}
              title={`${word}${keys.behind('play-pause')}`}
              onClick={toggle}
            >
              {word}
            </Button>
            <Button size="small" title={words.facts.forward} onClick={() => back(-5)}>
              +5
            </Button>
            <select
              aria-label={words.facts.speed}
              value={speed}
              onChange={(event) => {
                setSpeed(Number(event.target.value));
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
            ref={slider}
            // Its own master: as React's, a position that waits to be drawn would overwrite what a hand has just set.
            defaultValue={at}
            onChange={(event) => jump(Number(event.target.value))}
          />
          {listening.asks && <ReasonForm words={words.why} onReason={(reason) => void begin(reason)} />}
          {listening.refusal !== null && <p className="wrong">{listening.refusal.zh}</p>}
          {failed && <p className="wrong">{words.facts.playFailed}</p>}
          <ClipBar clip={clip} at={now} />
        </>
      ) : (
        <p className="wrong stopped" role="alert">
          {words.stopped[stopped]}
          <Button size="small" onClick={listening.check}>
            {words.stopped.again}
          </Button>
        </p>
      )}
      {recording.sha256 !== null && (
        <p className="note digest" title={recording.sha256}>
          {words.facts.digest} SHA-256 {recording.sha256.slice(0, 16)}…
        </p>
      )}
    </div>
  );
}
