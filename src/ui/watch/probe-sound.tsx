/** The sound of a probe to be seen and heard: outline, ruler, measured cadence, classes, and ▶ from the stretch that is marked. */
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import type { ProbeHeardView, ProbeView } from '../../web/protocol/probe-view.ts';
import { isolated } from '../bidi.ts';
import { playMoment } from '../format.ts';
import { evidenceWords } from './evidence-words.ts';
import {
  across,
  type Block,
  bursts,
  firstTone,
  isStandard,
  lengthOf,
  marks,
  outlineOf,
  ruler,
} from './probe-layout.ts';
import { probeWords as say } from './probe-words.ts';
import { useOutline } from './watch-api.ts';

export function ProbeSound(props: {
  readonly probe: ProbeView;
  readonly stretch: Block | null;
}): ReactElement | null {
  const { probe, stretch } = props;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const { result } = probe;
  const peaks = useOutline(probe.id, result?.soundSeconds != null);
  if (result === null) return null;
  const { heard, soundSeconds } = result;

  function play(from: number | null): void {
    const element = audio.current;
    if (element === null) return;
    if (from === null && !element.paused) {
      element.pause();
      return;
    }
    setFailed(false);
    if (from !== null) element.currentTime = from;
    element.play().catch(() => setFailed(true));
  }

  return (
    <div className="watch-sound">
      {heard !== null && (
        <Heard heard={{ ...heard, peaks }} soundSeconds={soundSeconds} stretch={stretch} at={at} />
      )}
      {soundSeconds === null ? (
        <p className="note">{say.noSound}</p>
      ) : (
        <p className="panel-buttons">
          <audio
            ref={audio}
            src={`/api/probes/${encodeURIComponent(probe.id)}/sound`}
            preload="none"
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            onError={() => setFailed(true)}
            onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
          >
            <track kind="captions" />
          </audio>
          <Button size="small" onClick={() => play(null)}>
            {playing ? `❚❚ ${say.stop}` : `▶ ${say.play}`}
          </Button>
          {stretch !== null && (
            <Button size="small" onClick={() => play(stretch.from)}>
              ▶ {say.playMarked} {playMoment(stretch.from)}–{playMoment(stretch.to)}
            </Button>
          )}
          {failed && <span className="wrong">{say.playFailed}</span>}
        </p>
      )}
    </div>
  );
}

function Heard(props: {
  readonly heard: ProbeHeardView;
  readonly soundSeconds: number | null;
  readonly stretch: Block | null;
  readonly at: number | null;
}): ReactElement {
  const { heard, stretch, at } = props;
  const seconds = lengthOf(heard, props.soundSeconds);
  const begin = firstTone(heard);
  const { cadence, segments } = heard;
  const points = outlineOf(heard.peaks)
    .map(([x, y]) => `${x.toFixed(2)},${(-y).toFixed(3)}`)
    .join(' ');
  const standard = isStandard(heard);
  return (
    <div className="watch-heard">
      <div className="watch-wave" role="img" aria-label={say.wave(seconds.toFixed(1))}>
        <svg viewBox={`0 -1 ${seconds} 2`} preserveAspectRatio="none" aria-hidden="true">
          <polygon points={points} />
        </svg>
        {stretch !== null && <i className="watch-stretch" style={across(stretch, seconds)} />}
        {at !== null && (
          <i className="watch-cursor" style={{ left: across({ from: at, to: at }, seconds).left }} />
        )}
      </div>
      <Band word={say.ruler}>
        {ruler(begin, seconds).map((block) => (
          <i key={block.from} className="watch-burst watch-burst-ruler" style={across(block, seconds)} />
        ))}
        {marks(seconds).map((mark) => (
          <small key={mark} style={{ left: across({ from: mark, to: mark }, seconds).left }}>
            {mark}
          </small>
        ))}
      </Band>
      {cadence !== null && (
        <Band word={say.cadence}>
          {bursts(begin, begin + cadence.count * (cadence.on + cadence.off), cadence.on, cadence.off).map(
            (block) => (
              <i
                key={block.from}
                className={`watch-burst ${standard ? 'watch-burst-good' : 'watch-burst-bad'}`}
                style={across(block, seconds)}
              />
            ),
          )}
        </Band>
      )}
      <Band word={say.segments}>
        {segments.map((segment) => (
          <span
            key={`${segment.from} ${segment.class}`}
            className={`watch-segment watch-segment-${familyOf(segment.class)}`}
            style={across(segment, seconds)}
            title={`${playMoment(segment.from)}–${playMoment(segment.to)} ${wordOf(segment.class)}`}
          >
            {wordOf(segment.class)}
          </span>
        ))}
      </Band>
      {cadence !== null && (
        <p className="note">
          {say.measured(
            cadence.hz.toFixed(0),
            cadence.on.toFixed(2),
            cadence.off.toFixed(2),
            cadence.level.toFixed(0),
            cadence.count,
          )}
          {standard ? say.within : say.beside}。{say.standard}
        </p>
      )}
    </div>
  );
}

function Band(props: { readonly word: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="watch-band">
      <b>{props.word}</b>
      <div className="watch-scale">{props.children}</div>
    </div>
  );
}

function wordOf(name: string): string {
  return evidenceWords.classes[name] ?? isolated(name);
}

/** One colour for what is a ringing tone, one for what somebody put in its place, one for the rest. */
function familyOf(name: string): 'tone' | 'program' | 'other' {
  if (name.includes('ringback')) return 'tone';
  return ['music', 'speech', 'mixed_music_speech'].includes(name) ? 'program' : 'other';
}
