/** What people said with their decisions about a finding, as 涉密误录处置 is asked for it. */
import type { FindingView } from '../../web/protocol/watch-view.ts';
import { secrecyItem } from '../secrecy-item.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import { watchWords as say } from './words.ts';

export function reasonsOf({ notes }: Pick<FindingView, 'notes'>): readonly SecrecyItem[] {
  return notes
    .filter(({ text }) => text !== '')
    .map(({ id, decision, text, shut }) =>
      secrecyItem({ kind: 'finding', id }, say.findings.decisions[decision], text, shut),
    );
}
