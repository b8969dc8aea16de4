/** What people wrote into a 交接班, as 涉密误录处置 is asked for it. */
import type { HandOver } from '../../duty/hand-over.ts';
import type { MatterView } from '../../duty/hand-over-view.ts';
import { nameOfWritten, type ShutTexts } from '../../duty/hand-written.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import { handOverWords as say } from './words.ts';

/** Signs of a text, enough to tell it from the others. */
const BEGINNING = 24;

/** 待办 among these. */
export function tasksIn(known: readonly MatterView[], shut: ShutTexts): readonly SecrecyItem[] {
  return known
    .filter(({ kind, at }) => kind === 'task' && at !== null)
    .map(({ id, text }) => item(nameOfWritten({ kind: 'task', id }), say.kinds.task, text, shut));
}

/** Why something was not handed over in one that is done. */
export function reasonsIn({ id: handOver, matters }: HandOver, shut: ShutTexts): readonly SecrecyItem[] {
  return matters
    .filter(({ handed }) => !handed)
    .map((matter) => {
      const { kind, id, reason } = matter;
      const name = nameOfWritten({ kind: 'reason', handOver, matter: { kind, id } });
      return item(name, `${say.kinds[kind]} ${say.keep}`, reason ?? '', shut);
    });
}

function item(id: string, what: string, text: string, shut: ShutTexts): SecrecyItem {
  const beginning = [...text].slice(0, BEGINNING).join('');
  return { id, shut: shut[id] ?? null, name: `${what}：${beginning}` };
}
