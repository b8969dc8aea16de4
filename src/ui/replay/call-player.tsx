/** The sound of one call: its recordings in a line each, the lanes over the call's axis, and the transport under them. */
import {
  type ReactElement,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { CallView } from '../../web/protocol/call-view.ts';
import { playTime } from '../format.ts';
import { RecordingLine } from '../recording-line.tsx';
import { toldRecordings } from '../told-recordings.ts';
import { useDeskState } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { axisOf, nextSound, onAxis, soundAfter, soundAt, startOf, stretchOnAxis } from './axis.ts';
import { Deck, type DeckHandle, type LoopEnds } from './deck.tsx';
import { flagsOf } from './flags.ts';
import { lanesOf } from './lanes.ts';
import { NoSound } from './no-sound.tsx';
import { type ReplaySettings, stepSpeed } from './settings.ts';
import { Stage, type StageHandle } from './stage.tsx';
import { useOutlines } from './use-outlines.ts';
import type { ZoomStep } from './use-zoom.ts';
import { replayWords as say } from './words.ts';

export interface CallPlayerHandle {
  readonly toggle: () => void;
  readonly skip: (seconds: number) => void;
  readonly home: () => void;
  readonly speed: (by: -1 | 1) => void;
  readonly zoom: (step: ZoomStep) => void;
  readonly markClip: (end: 'from' | 'to') => void;
  readonly exportClip: () => void;
  readonly unloop: () => boolean;
  /** The moment of the call where it stands, ms UTC. */
  readonly moment: () => number;
  readonly goTo: (moment: number) => void;
}

interface Going {
  readonly recording: string;
  readonly seconds: number;
  readonly play: boolean;
}

const NO_LOOP: LoopEnds = { from: null, to: null };

export function CallPlayer(props: {
  readonly ref: Ref<CallPlayerHandle>;
  readonly call: CallView;
  readonly talkDue: number | null;
  readonly settings: ReplaySettings;
  readonly onSettings: (settings: ReplaySettings) => void;
  readonly reason: string | null;
  readonly onReason: (reason: string | null) => void;
  readonly onNote: () => void;
  readonly onNext: () => void;
  readonly onStrays: (() => void) | null;
}): ReactElement {
  const { call, talkDue, settings, onSettings, reason } = props;
  const room = useDeskState((state) => state.room);
  const keys = useOwnKeys();
  const [chosen, setChosen] = useState<string | null>(null);
  const recordings = toldRecordings(call);
  const playable = useMemo(() => toldRecordings(call).filter(({ state }) => state === 'attached'), [call]);
  const axis = useMemo(
    () => axisOf(call, playable, chosen, talkDue !== null),
    [call, playable, chosen, talkDue],
  );
  const first = startOf(axis);
  const current =
    playable.find(({ id }) => id === chosen) ?? playable.find(({ id }) => id === first?.recording);
  const outlines = useOutlines(playable, reason);
  const lanes = useMemo(() => lanesOf(axis, outlines.known), [axis, outlines.known]);
  const flags = useMemo(() => flagsOf(call, axis, room), [call, axis, room]);
  const deck = useRef<DeckHandle>(null);
  const stage = useRef<StageHandle>(null);
  const [going, setGoing] = useState<Going | null>(null);
  /** Set where it stands in the ring or a gap, where there is nothing to be heard; seconds on the axis. */
  const [parked, setParked] = useState<number | null>(null);
  const [at, setAt] = useState(first?.from ?? 0);
  const [loop, setLoop] = useState<LoopEnds>(NO_LOOP);

  const show = useCallback((place: number): void => {
    stage.current?.show(place);
    setAt((before) => (Math.floor(before * 4) === Math.floor(place * 4) ? before : place));
  }, []);
  // The begin is the answer: nobody listens to the ring.
  const begins = first?.from ?? 0;
  useEffect(() => show(begins), [begins, show]);

  const currentId = current?.id;
  useEffect(() => {
    if (going === null || going.recording !== currentId) return;
    deck.current?.jump(going.seconds);
    if (going.play) deck.current?.play();
    setGoing(null);
  }, [going, currentId]);

  const standsAt = (): number =>
    parked ?? (current === undefined ? at : onAxis(axis, current.id, deck.current?.now() ?? 0));

  function play(place: { recording: string; seconds: number } | null): void {
    setParked(null);
    if (place === null) return;
    setChosen(place.recording);
    setGoing({ ...place, play: true });
  }
  function go(to: number): void {
    const place = Math.max(0, Math.min(axis.seconds, to));
    const wasPlaying = deck.current?.playing() ?? false;
    const sound = soundAt(axis, place);
    show(place);
    stage.current?.reveal(place);
    if (sound !== null) {
      setParked(null);
      if (sound.recording === current?.id) deck.current?.jump(sound.seconds);
      else {
        setChosen(sound.recording);
        setGoing({ ...sound, play: wasPlaying });
      }
      return;
    }
    if (wasPlaying) deck.current?.toggle();
    setParked(place);
  }
  function toggle(): void {
    stage.current?.reveal(standsAt());
    if (parked === null) deck.current?.toggle();
    else play(nextSound(axis, parked));
  }
  const skip = (seconds: number): void => go(standsAt() + seconds);

  useImperativeHandle(props.ref, () => ({
    toggle,
    skip,
    home: () => go(0),
    zoom: (step) => stage.current?.zoom(step),
    speed: (by) => onSettings({ ...settings, speed: stepSpeed(settings.speed, by) }),
    markClip: (end) => deck.current?.markClip(end),
    exportClip: () => deck.current?.exportClip(),
    unloop: () => deck.current?.unloop() ?? false,
    moment: () => Math.round(axis.begin + standsAt() * 1000),
    goTo: (moment) => go((moment - axis.begin) / 1000),
  }));

  const talks = recordings.filter(({ part }) => part === 'talk');
  return (
    <div className="replay-player">
      {recordings.map((recording) => (
        <RecordingLine
          key={recording.id}
          recording={recording}
          place={recordings.length > 1 ? talks.indexOf(recording) + 1 : null}
          chosen={recording.id === current?.id}
          onChoose={() => {
            setChosen(recording.id);
            setParked(null);
            setGoing({ recording: recording.id, seconds: 0, play: false });
          }}
        />
      ))}
      <NoSound call={call} talkDue={props.talkDue} onStrays={props.onStrays} />
      <Stage ref={stage} axis={axis} lanes={lanes} flags={flags} loop={loopOn()} onSeek={go}>
        <p className="note replay-said" role="status">
          {parked !== null ? whereParked(parked) : current !== undefined && waveSaid()}
        </p>
      </Stage>
      {current !== undefined && (
        <Deck
          key={current.id}
          ref={deck}
          recording={current}
          settings={settings}
          onSettings={onSettings}
          reason={reason}
          onReason={props.onReason}
          position={say.deck.position(playTime(at), playTime(axis.seconds))}
          onAt={(seconds) => {
            if (parked === null) show(onAxis(axis, current.id, seconds));
          }}
          onEnded={() => play(soundAfter(axis, current.id))}
          onLoop={setLoop}
          onToggle={toggle}
          onSkip={skip}
          onHome={() => go(0)}
          onNote={props.onNote}
          onNext={props.onNext}
        />
      )}
    </div>
  );

  function loopOn() {
    return current === undefined ? null : stretchOnAxis(axis, current.id, loop);
  }
  function whereParked(place: number): string {
    if (nextSound(axis, place) === null) return say.noMore;
    return axis.ring !== null && place < axis.ring.to ? say.inRing : say.inGap;
  }
  function waveSaid(): string {
    if (outlines.owed) return say.waveOwed(keys.said('replay-toggle'));
    if (outlines.known.size > 0) return '';
    return outlines.reading ? say.reading : say.noWave;
  }
}
