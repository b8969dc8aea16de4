/** What people wrote into a 交接班, as 涉密误录处置 is asked for it. */
import type { HandOver } from '../../duty/hand-over.ts';
import type { MatterView } from '../../duty/hand-over-view.ts';
import { type HandWritten, nameOfWritten, type ShutTexts } from '../../duty/hand-written.ts';
import { secrecyItem } from '../secrecy-item.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import { handOverWords as say } from './words.ts';

/** 待办 among these. */
export function tasksIn(known: readonly MatterView[], shut: ShutTexts): readonly SecrecyItem[] {
  return known
    .filter(({ kind, at }) => kind === 'task' && at !== null)
    .map(({ id, text }) => item({ kind: 'task', id }, say.kinds.task, text, shut));
}

/** Why something was not handed over in one that is done. */
export function reasonsIn({ id: handOver, matters }: HandOver, shut: ShutTexts): readonly SecrecyItem[] {
  return matters
    .filter(({ handed }) => !handed)
    .map((matter) => {
      const { kind, id, reason } = matter;
      return item(
        { kind: 'reason', handOver, matter: { kind, id } },
        `${say.kinds[kind]} ${say.keep}`,
        reason ?? '',
        shut,
      );
    });
}

function item(written: HandWritten, what: string, text: string, shut: ShutTexts): SecrecyItem {
  return secrecyItem(written, what, text, shut[nameOfWritten(written)] ?? null);
}
