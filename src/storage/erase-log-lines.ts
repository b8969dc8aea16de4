/** 涉密误录处置 reaches 值班日志: the words about a record go from the open log, from sealed ones and from under their seals. */
import type { Happening } from '../duty/shift-log.ts';
import type { Desk } from './desk.ts';
import type { SealedContent } from './shift-log-seal.ts';

/** Every text about this record, and about the incident it became, goes; the digests stay. */
export async function eraseLogLines(desk: Pick<Desk, 'db'>, record: string): Promise<void> {
  const incidents = await desk.db
    .selectFrom('incidents')
    .select('id')
    .where('record_id', '=', record)
    .execute();
  await eraseAbout(desk, 'record', record);
  for (const { id } of incidents) await eraseAbout(desk, 'incident', id);
}

async function eraseAbout({ db }: Pick<Desk, 'db'>, kind: Happening['kind'], id: string): Promise<void> {
  const lines = await db
    .selectFrom('shift_log_lines')
    .select('log')
    .where('source_kind', '=', kind)
    .where('source_id', '=', id)
    .execute();
  if (lines.length === 0) return;
  await db
    .updateTable('shift_log_lines')
    .set({ text: null })
    .where('source_kind', '=', kind)
    .where('source_id', '=', id)
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
      line.source?.kind === kind && line.source.id === id ? { ...line, text: null } : line,
    );
    await db
      .updateTable('shift_log_seals')
      .set({ content_json: JSON.stringify({ ...content, lines: without }) })
      .where('room', '=', room)
      .where('serial', '=', serial)
      .execute();
  }
}
