/** Colour, shape and word of a call's phase or a record's state, as the guide's table gives them. */
import type { ReactElement } from 'react';
import type { RecordState } from '../records/field.ts';
import type { CallPhase } from '../web/protocol/call-view.ts';
import { Mark, type MarkName } from './icons.tsx';
import { words } from './words.ts';

export type Tone = 'amber' | 'green' | 'cyan' | 'red' | 'blue' | 'grey' | 'violet';

const PHASE: Readonly<Record<CallPhase, { readonly tone: Tone; readonly mark: MarkName }>> = {
  arriving: { tone: 'amber', mark: 'bell' },
  ringing: { tone: 'amber', mark: 'bell' },
  talking: { tone: 'green', mark: 'dot' },
  held: { tone: 'cyan', mark: 'bars' },
  ended: { tone: 'grey', mark: 'dash' },
};

const RECORD: Readonly<Record<RecordState, { readonly tone: Tone; readonly mark: MarkName }>> = {
  draft: { tone: 'amber', mark: 'ring' },
  registered: { tone: 'blue', mark: 'square' },
  'in-hand': { tone: 'blue', mark: 'square' },
  done: { tone: 'green', mark: 'tick' },
  'no-record': { tone: 'grey', mark: 'dash' },
  void: { tone: 'grey', mark: 'dash' },
  merged: { tone: 'grey', mark: 'dash' },
};

export function phaseTone(phase: CallPhase): Tone {
  return PHASE[phase].tone;
}

export function PhaseMark({ phase }: { readonly phase: CallPhase }): ReactElement {
  return (
    <span className="phase">
      <Mark name={PHASE[phase].mark} />
      {words.phase[phase]}
    </span>
  );
}

export function RecordMark({ state }: { readonly state: RecordState }): ReactElement {
  const { tone, mark } = RECORD[state];
  return <Badge tone={tone} mark={mark} word={words.recordState[state]} struck={state === 'void'} />;
}

/** A soft badge: text on its ground. */
export function Badge(props: {
  readonly tone: Tone;
  readonly mark?: MarkName;
  readonly word: string;
  readonly struck?: boolean;
  readonly title?: string;
}): ReactElement {
  return (
    <span className={`badge soft-${props.tone}${props.struck === true ? ' struck' : ''}`} title={props.title}>
      {props.mark !== undefined && <Mark name={props.mark} />}
      {props.word}
    </span>
  );
}
