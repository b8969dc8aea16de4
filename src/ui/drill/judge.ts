/** What a drill shows afterwards: for each call what was caught and what was missed. Pure. */
import { type CheckedElement, checkElements } from './check-elements.ts';
import type { Drill, DrillCall } from './drill.ts';

export interface JudgedCall {
  readonly id: string;
  readonly title: string;
  /** Seconds until it was answered; null: it never was. */
  readonly answeredAfter: number | null;
  /** It had begun to ring when the drill ended. */
  readonly rang: boolean;
  /** Recorded or not as it should be; null where nobody could, because it never rang. */
  readonly decision: 'right' | 'wrong' | null;
  readonly category: 'right' | 'wrong' | 'none';
  readonly elements: readonly CheckedElement[];
  /** All that was said, for the comparison. */
  readonly said: readonly string[];
  readonly typed: string;
}

export function judge(drill: Drill): readonly JudgedCall[] {
  return drill.calls.map((call) => judgeCall(call));
}

function judgeCall({ script, rangAt, answeredAt, form }: DrillCall): JudgedCall {
  const typed = [form.unit, form.person, form.content].filter((text) => text.trim() !== '').join('\n');
  const made = form.noRecord !== null ? 'no-record' : typed === '' ? null : 'record';
  return {
    id: script.id,
    title: script.known ?? script.number,
    answeredAfter: answeredAt === null || rangAt === null ? null : Math.round((answeredAt - rangAt) / 1_000),
    rang: rangAt !== null,
    decision: rangAt === null ? null : made === script.expects ? 'right' : 'wrong',
    category: script.category === null ? 'none' : form.category === script.category ? 'right' : 'wrong',
    elements:
      form.noRecord === null ? checkElements(script.elements, typed) : checkElements(script.elements, ''),
    said: script.speech.map(({ text }) => text),
    typed,
  };
}
