/** What was written into an item of a 检查记录表, as 涉密误录处置 is asked for it. */
import { nameOfWritten } from '../../duty/hand-written.ts';
import { saidOfMending } from '../../duty/inspection.ts';
import type { ItemCode } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { secrecyItem } from '../secrecy-item.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import { inspectionWords } from './words.ts';

const say = inspectionWords.panel;

/** Before the inspector has signed nothing: until then it is written anew. */
export function writtenInItem(
  { inspection, shut }: Pick<InspectionPageView, 'inspection' | 'shut'>,
  code: ItemCode,
): readonly SecrecyItem[] {
  const answer = inspection.answers[code];
  if (inspection.inspector === null) return [];
  const item = { kind: 'item', inspection: inspection.id, code } as const;
  const mended = saidOfMending(answer).map(({ at, text }) => ({
    ...{ written: { kind: 'mending', inspection: inspection.id, code, at } as const },
    ...{ what: say.mendingText, text },
  }));
  return [{ written: item, what: say.situation, text: answer.situation }, ...mended]
    .filter(({ text }) => text !== '')
    .map(({ written, what, text }) => secrecyItem(written, what, text, shut[nameOfWritten(written)] ?? null));
}
