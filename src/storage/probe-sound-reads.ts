/** The kept sound of probes, page by page: for checks, the second copy and retention. */
import type { Protection } from '../sound/protection.ts';
import { among } from './among.ts';
import type { ProbeSoundTable } from './probe-table.ts';
import { OPEN_FINDING } from './protections.ts';
import type { ReadDeps } from './read.ts';

export interface KeptProbeSound extends Pick<ProbeSoundTable, 'file' | 'bytes' | 'sha256' | 'at'> {
  /** The probe's. */
  readonly id: string;
  /** Of its line; null: a number of another office. */
  readonly room: string | null;
  readonly protectedBy: Protection | null;
}

/** In the order of their ids; `after` is the last id of the page before. */
export async function keptProbeSounds(
  deps: ReadDeps,
  after: string | null,
  limit: number,
): Promise<readonly KeptProbeSound[]> {
  const { db, dialect } = deps;
  const rows = await db
    .selectFrom('probe_sounds')
    .innerJoin('probes', 'probes.id', 'probe_sounds.probe_id')
    .select(['probes.id', 'probes.room', 'file', 'bytes', 'sha256', 'at'])
    .where('probes.id', '>', after ?? '')
    .orderBy('probes.id')
    .limit(limit)
    .execute();
  const evidence = await db
    .selectFrom('finding_evidence')
    .innerJoin('findings', 'findings.id', 'finding_evidence.finding_id')
    .select('finding_evidence.probe_id')
    .where(
      among(
        dialect,
        'finding_evidence.probe_id',
        rows.map(({ id }) => id),
      ),
    )
    .where('findings.state', 'in', OPEN_FINDING)
    .execute();
  const open = new Set(evidence.map(({ probe_id }) => probe_id));
  return rows.map((row) => ({ ...row, protectedBy: open.has(row.id) ? 'finding' : null }));
}
