/**
 * The audit trail: each entry carries the hash of the one before it, so that none can be taken out or changed without
 * every later one telling. The chain holds only a salted digest of the payload; erasing salt and payload (D11) leaves
 * the chain whole. Times of entries and the chain itself are for ever.
 */
import type { Kysely } from 'kysely';
import type { DeskDeps } from './desk.ts';
import { digest, newSalt, saltedDigest } from './digest.ts';
import { insertRows } from './insert-rows.ts';
import type { AuditRow, AuditVerdict } from './store/audit.ts';
import type { AuditTable, Tables } from './tables.ts';
import type { AuditWork } from './work.ts';

const BEFORE_THE_FIRST = '0'.repeat(64);

/** Appends entries at the end of the chain. The caller holds the lock under which nobody else appends. */
export async function appendAudit(
  { db, dialect }: Pick<DeskDeps, 'db' | 'dialect'>,
  entries: readonly Omit<AuditWork, 'type'>[],
): Promise<void> {
  if (entries.length === 0) return;
  const end = await db
    .selectFrom('audit')
    .select(['entry', 'hash'])
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst();
  let entry = end?.entry ?? 0;
  let previous = end?.hash ?? BEFORE_THE_FIRST;
  const rows: AuditTable[] = [];
  const texts = [];
  for (const { payload, at, account, person, kind, subject } of entries) {
    entry += 1;
    const salt = newSalt();
    const payload_json = JSON.stringify(payload);
    const open = {
      entry,
      at,
      account,
      person,
      kind,
      subject,
      digest: saltedDigest(salt, payload_json),
      previous,
    };
    const hash = hashOf(open);
    rows.push({ ...open, hash });
    texts.push({ entry, salt, payload_json });
    previous = hash;
  }
  await insertRows({ db, dialect }, 'audit', rows);
  await insertRows({ db, dialect }, 'audit_texts', texts);
}

/** Walks the chain from the first entry to the last; says how many there are, or which one does not fit and why. */
export async function verifyAudit(db: Kysely<Tables>): Promise<AuditVerdict> {
  const step = 1_000;
  let previous = BEFORE_THE_FIRST;
  let entries = 0;
  let erased = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .leftJoin('audit_texts', 'audit_texts.entry', 'audit.entry')
      .selectAll('audit')
      .select(['audit_texts.salt', 'audit_texts.payload_json'])
      .where('audit.entry', '>', entries)
      .orderBy('audit.entry')
      .limit(step)
      .execute();
    for (const row of rows) {
      if (row.entry !== entries + 1) return { ok: false, entry: entries + 1, why: 'entry-missing' };
      if (row.previous !== previous || row.hash !== hashOf(row)) {
        return { ok: false, entry: row.entry, why: 'chain-broken' };
      }
      if (row.salt === null || row.payload_json === null) erased += 1;
      else if (saltedDigest(row.salt, row.payload_json) !== row.digest) {
        return { ok: false, entry: row.entry, why: 'payload-changed' };
      }
      previous = row.hash;
      entries = row.entry;
    }
    if (rows.length < step) return { ok: true, entries, erased };
  }
}

/** Takes away what these entries say (D11); that they were written, when and by whom stays in the chain. */
export async function eraseAuditTexts(
  { db }: Pick<DeskDeps, 'db'>,
  { kind, subject, at }: { readonly kind: string; readonly subject: string; readonly at: number },
): Promise<void> {
  await db
    .deleteFrom('audit_texts')
    .where('entry', 'in', (of) =>
      of
        .selectFrom('audit')
        .select('entry')
        .where('subject', '=', subject)
        .where('kind', '=', kind)
        .where('at', '=', at),
    )
    .execute();
}

/** Entries about one thing, oldest first. */
export async function auditOf(db: Kysely<Tables>, subject: string): Promise<readonly AuditRow[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('audit_texts', 'audit_texts.entry', 'audit.entry')
    .select(['at', 'account', 'person', 'kind', 'payload_json'])
    .where('subject', '=', subject)
    .orderBy('audit.entry')
    .execute();
  return rows.map(({ payload_json: payloadJson, ...row }) => ({ ...row, payloadJson }));
}

function hashOf(row: Omit<AuditTable, 'hash'>): string {
  const { entry, at, account, person, kind, subject, previous } = row;
  return digest(JSON.stringify([entry, at, account, person, kind, subject, row.digest, previous]));
}
