/** One recording in a line: where it stands, 完整度 and 校验 as two facts, and what else is known of it. */
import type { ReactElement } from 'react';
import type { RecordingView } from '../web/protocol/call-view.ts';
import { playTime, size } from './format.ts';
import { saidDefect } from './recording-words.ts';
import { Badge, type Tone } from './state-mark.tsx';
import { words } from './words.ts';

const TONES: Readonly<Record<RecordingView['state'], Tone>> = {
  starting: 'grey',
  recording: 'green',
  'no-growth': 'red',
  'cannot-check': 'grey',
  attached: 'blue',
  'no-sound': 'amber',
  missing: 'red',
  'refused-path': 'red',
  expired: 'grey',
};

export function RecordingLine(props: {
  readonly recording: RecordingView;
  /** Its place among several talks, from 1; null when it is the only recording. */
  readonly place: number | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): ReactElement {
  const { recording, place } = props;
  const { worth } = words;
  return (
    <p className="recording">
      <Badge
        tone={TONES[recording.state]}
        mark={recording.state === 'recording' ? 'dot' : recording.state === 'attached' ? 'tick' : 'ring'}
        word={words.recordingState[recording.state]}
      />
      {place !== null && (
        <button
          type="button"
          className="text-button"
          disabled={recording.state !== 'attached'}
          aria-pressed={props.chosen}
          onClick={props.onChoose}
        >
          {recording.part === 'talk' ? words.facts.part(place) : words.facts.beforeAnswer}
        </button>
      )}
      {recording.seconds !== null && <span>{playTime(recording.seconds)}</span>}
      {recording.bytes !== null && <span>{size(recording.bytes)}</span>}
      {recording.state === 'attached' && <Wholeness recording={recording} />}
      {recording.check !== null && (
        <Badge
          tone={recording.check === 'verified' || recording.check === 'restored' ? 'green' : 'red'}
          word={worth.check[recording.check]}
        />
      )}
      {recording.copy !== null && (
        <Badge tone={recording.copy === 'verified' ? 'grey' : 'amber'} word={worth.copy[recording.copy]} />
      )}
      {recording.repaired && <span>{words.facts.repaired}</span>}
      {recording.foundBy !== null && (
        <span className="note">{worth.foundBy(saidRule(recording.foundBy))}</span>
      )}
    </p>
  );
}

function Wholeness({ recording }: { readonly recording: RecordingView }): ReactElement {
  const { worth } = words;
  if (recording.defects === null) return <span className="note">{worth.measuring}</span>;
  return (
    <>
      {recording.defects.length === 0 && <Badge tone="green" word={worth.whole} />}
      {recording.defects.map((defect) => (
        <Badge key={saidDefect(defect)} tone="amber" mark="triangle" word={saidDefect(defect)} />
      ))}
      {recording.sides !== null && (
        <span className="note">{recording.sides === 2 ? worth.apart : worth.mono}</span>
      )}
    </>
  );
}

function saidRule(rule: string): string {
  return rule.startsWith('by-hand') ? words.worth.byHand : (words.worth.rules[rule] ?? rule);
}
