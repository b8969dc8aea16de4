/**
 * Seals that the audit trail has and the tables have no longer. A chain of seals cannot see that its end was cut off or written
 * anew; the trail is a chain of its own, and has a line about each seal.
 */
import type { ReadDeps } from './read.ts';

/** Times are integer ms UTC. */
export interface MissingSeal {
  readonly what: 'log' | 'hand-over';
  /** Of the log or of the hand-over. */
  readonly id: string;
  /** When it was sealed; of a hand-over of which no more is known, when it was last signed. */
  readonly at: number;
  /** Null: nothing that is left says which. */
  readonly room: string | null;
}

interface Told {
  readonly kind: string;
  readonly id: string;
  readonly at: number;
  readonly digest: string | null;
  readonly room: string | null;
}

const ENDS = ['hand-over-without-missing', 'hand-over-stay'];

/** In the order in which they were put on. */
export async function missingSeals({ db }: Pick<ReadDeps, 'db'>): Promise<readonly MissingSeal[]> {
  // Before the tables: a seal that is put on meanwhile is no missing one.
  const told = await toldSeals({ db });
  const [logs, seals, handOvers] = await Promise.all([
    db.selectFrom('shift_logs').select(['id', 'room']).execute(),
    db.selectFrom('shift_log_seals').select(['log', 'at', 'room', 'digest']).execute(),
    db.selectFrom('hand_overs').select(['id', 'room', 'closed_at', 'digest']).execute(),
  ]);
  const sealsOf = Map.groupBy(seals, ({ log }) => log);
  const rooms = new Map([...logs, ...handOvers].map(({ id, room }) => [id, room]));
  const closed = new Map(handOvers.map((row) => [row.id, row]));
  const missing = told.flatMap(({ kind, id, at, digest, room }): readonly MissingSeal[] => {
    const isLog = kind === 'shift-log-sealed';
    const what = isLog ? 'log' : 'hand-over';
    const isThere = isLog
      ? (sealsOf.get(id) ?? []).some((seal) => seal.at === at && (digest ?? seal.digest) === seal.digest)
      : isSealedStill(closed.get(id), { kind, digest });
    return isThere ? [] : [{ what, id, at, room: room ?? rooms.get(id) ?? null }];
  });
  // Of one hand-over the last line says most.
  return [...new Map(missing.map((one) => [`${one.id} ${one.what === 'log' ? one.at : ''}`, one])).values()];
}

/** Lines of before the seal stood in them say only that it was signed; then it has to be there at all. */
function isSealedStill(
  row: { readonly closed_at: number | null; readonly digest: string | null } | undefined,
  { kind, digest }: Pick<Told, 'kind' | 'digest'>,
): boolean {
  if (row === undefined) return false;
  if (digest !== null) return row.digest === digest;
  return !ENDS.includes(kind) || row.digest !== null;
}

async function toldSeals({ db }: Pick<ReadDeps, 'db'>): Promise<readonly Told[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('audit_texts', 'audit_texts.entry', 'audit.entry')
    .select(['kind', 'subject', 'at', 'payload_json'])
    .where('kind', 'in', ['shift-log-sealed', 'hand-over-sign', ...ENDS])
    .orderBy('audit.entry')
    .execute();
  return rows.map(({ kind, subject, at, payload_json }) => {
    const said = JSON.parse(payload_json ?? '{}') as { readonly digest?: string; readonly room?: string };
    return { kind, id: subject ?? '', at, digest: said.digest ?? null, room: said.room ?? null };
  });
}
