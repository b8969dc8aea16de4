/**
 * The paper of the open record, for Ctrl+P and for 打印 while the network is down: 附件2 from the same layout as the print
 * view of the service. Hidden on screen, alone on paper.
 */
import type { ReactElement } from 'react';
import { recordPaper } from '../records/form-layout.ts';
import type { PaperPart } from '../records/paper.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { withUnsent } from './unsent.ts';
import { useDeskState } from './use-desk.tsx';

export function PrintSheet({ record }: { readonly record: RecordView }): ReactElement | null {
  const room = useDeskState((state) => state.room);
  const unsent = useDeskState((state) => state.unsent);
  if (room === null) return null;
  const offset = (at: number) => -60_000 * new Date(at).getTimezoneOffset();
  const { title, mark, head, parts } = recordPaper(
    { ...record, fields: withUnsent(record.fields, unsent, record.id) },
    { form: 'seed', column: false, room, offset },
  );
  return (
    <article className={`sheet paper paper-seed paper-${record.state}`} aria-hidden="true">
      {mark !== null && <p className="paper-mark">{mark}</p>}
      <h1>{title}</h1>
      <p className="paper-head">
        <span>{head.room}</span>
        <span>{head.date}</span>
      </p>
      {parts.map((part) => (
        <Part key={part.kind === 'items' ? part.items[0]?.label : part.label} part={part} />
      ))}
    </article>
  );
}

function Part({ part }: { readonly part: PaperPart }): ReactElement | null {
  if (part.kind === 'section') return null;
  if (part.kind === 'items')
    return (
      <p className="paper-line">
        {part.items.map(({ label, value }) => (
          <span key={label} className="paper-item">
            <span className="paper-label">{label}：</span>
            <bdi className="paper-value">{value}</bdi>
          </span>
        ))}
      </p>
    );
  const free = Math.max(0, part.lines - part.paragraphs.length);
  return (
    <>
      <p className="paper-line paper-label-line">
        <span className="paper-label">{part.label}：</span>
      </p>
      {part.paragraphs.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have nothing else, and none moves.
        <p key={index} className="paper-text" dir="auto">
          {text}
        </p>
      ))}
      {free > 0 && <div style={{ height: `${free * 28}pt` }} />}
    </>
  );
}
