/** What people wrote into a log, as 涉密误录处置 is asked for it. */
import { nameOfWritten } from '../../duty/hand-written.ts';
import type { ShiftLogView } from '../../duty/shift-log-view.ts';
import { listMoment, typedForm } from '../format.ts';
import { beginningOf } from '../secrecy-item.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import { shiftLogWords as say } from './words.ts';

/** Lines with a person's own words, reasons of reopening, and what was written of 需续办事项. */
export function handWrittenIn(log: ShiftLogView): readonly SecrecyItem[] {
  const { room, at: now, lines, openings, signed, shut } = log;
  const item = (id: string, what: string, text: string | null): SecrecyItem => ({
    ...{ id, shut: shut[id] ?? null },
    name: `${what} ${text === null ? say.gone : beginningOf(text)}`,
  });
  return [
    ...lines
      .filter(({ edited }) => edited)
      .map(({ id, at, text }) => item(nameOfWritten({ kind: 'line', room, id }), listMoment(at, now), text)),
    ...openings.map(({ id, at, reason }) =>
      item(nameOfWritten({ kind: 'opening', id }), `${typedForm(at)} ${say.reopenReason}`, reason),
    ),
    ...(signed?.written ?? []).map(({ text, matter }) =>
      item(
        nameOfWritten(text),
        text.kind === 'task' ? say.task : say.notHanded,
        signed?.matters[matter] ?? '',
      ),
    ),
  ];
}
