/** 涉密误录处置 reaches 值班日志: the words about a record go from the open log, from sealed ones and from under their seals. */
import type { Desk } from './desk.ts';
import type { SealedContent } from './shift-log-seal.ts';

/** Every text about this record goes; the digests stay. */
export async function eraseLogLines({ db }: Pick<Desk, 'db'>, record: string): Promise<void> {
  const lines = await db
    .selectFrom('shift_log_lines')
    .select('log')
    .where('source_kind', '=', 'record')
    .where('source_id', '=', record)
    .execute();
  if (lines.length === 0) return;
  await db
    .updateTable('shift_log_lines')
    .set({ text: null })
    .where('source_kind', '=', 'record')
    .where('source_id', '=', record)
    .execute();
  const seals = await db
    .selectFrom('shift_log_seals')
    .select(['room', 'serial', 'content_json'])
    .where(
      'log',
      'in',
      lines.map(({ log }) => log),
    )
    .execute();
  for (const { room, serial, content_json } of seals) {
    const content = JSON.parse(content_json) as SealedContent;
    const without = content.lines.map((line) =>
      line.source?.kind === 'record' && line.source.id === record ? { ...line, text: null } : line,
    );
    await db
      .updateTable('shift_log_seals')
      .set({ content_json: JSON.stringify({ ...content, lines: without }) })
      .where('room', '=', room)
      .where('serial', '=', serial)
      .execute();
  }
}
