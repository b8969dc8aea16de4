/** Looking after what is kept: reading it again, restoring it from the second copy, letting go what the policy lets go. */
import type { RecordingReport } from '../calls/recording-report.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import type { SecondCopy } from '../recordings/vault/second-copy.ts';
import { isAlteration } from '../recordings/vault/sound-trouble.ts';
import { dueForVerification } from '../recordings/vault/verify-schedule.ts';
import type { KeptSoundRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import { knownDigests } from './sound-jobs.ts';

export interface CareDeps {
  readonly store: Pick<Store, 'keptSounds'>;
  readonly library: RecordingLibrary;
  readonly copy: SecondCopy | null;
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly now: () => number;
}

export interface CareProgress {
  readonly done: number;
  readonly bad: number;
}

export interface VerifyReport {
  readonly checked: number;
  readonly altered: readonly string[];
  readonly missing: readonly string[];
  readonly restored: readonly string[];
  /** Could not be read now: disk or mount away, no right to read, its key not configured. */
  readonly unreadable: readonly string[];
  /** Of the second copy; null where there is none or it was not asked. */
  readonly copy: { readonly verified: number; readonly bad: readonly string[] } | null;
}

export interface VerifyOptions {
  /** Null: all; else as many as are due when each is to be read within so many days. */
  readonly withinDays: number | null;
  readonly restore: boolean;
  readonly withCopy: boolean;
  readonly progress?: (progress: CareProgress) => void;
}

const PAGE = 500;

/** Every recording that is kept and not destroyed, in pages. */
export async function* allKept(store: CareDeps['store']): AsyncGenerator<KeptSoundRow> {
  for (let after: string | null = null; ; ) {
    const page: readonly KeptSoundRow[] = await store.keptSounds(after, PAGE);
    yield* page.filter((row) => !row.isDestroyed);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

/** Reads recordings again and tells what was found; with `restore` an altered or lost file comes back from the copy. */
export async function verifySounds(deps: CareDeps, options: VerifyOptions): Promise<VerifyReport> {
  const rows: KeptSoundRow[] = [];
  for await (const row of allKept(deps.store)) rows.push(row);
  const due = dueAmong(rows, deps.now(), options.withinDays);
  const found = { altered: [], missing: [], restored: [], unreadable: [] } as Record<Verdict, string[]>;
  const bad: string[] = [];
  let verified = 0;
  let checked = 0;
  for (const row of rows) {
    if (!due.has(row.id)) continue;
    checked += 1;
    const verdict = await verifyOne(row, deps, options.restore);
    if (verdict !== 'verified') found[verdict].push(row.id);
    if (options.withCopy && deps.copy !== null) {
      if (await verifyCopy(row, deps, deps.copy)) verified += 1;
      else bad.push(row.id);
    }
    options.progress?.({ done: checked, bad: found.altered.length + found.missing.length });
  }
  const copy = options.withCopy && deps.copy !== null ? { verified, bad } : null;
  return { checked, ...found, copy };
}

type Verdict = 'altered' | 'missing' | 'restored' | 'unreadable';

function dueAmong(rows: readonly KeptSoundRow[], now: number, days: number | null): ReadonlySet<string> {
  if (days === null) return new Set(rows.map(({ id }) => id));
  return new Set(
    dueForVerification(
      rows.map(({ id, checkedAt }) => ({ recording: id, checkedAt })),
      now,
      days,
    ),
  );
}

async function verifyOne(
  row: KeptSoundRow,
  { library, copy, report, now }: CareDeps,
  restore: boolean,
): Promise<Verdict | 'verified'> {
  let worst: Exclude<Verdict, 'unreadable'> | 'verified' = 'verified';
  for (const [file, sha256] of knownDigests(row)) {
    const digest = await library.digest(file);
    if (digest.state === 'read' && digest.sha256 === sha256) continue;
    if (digest.state === 'missing' && (await library.trouble()) !== null) return 'unreadable';
    // Disk away, no right to read, key not configured: nobody can say now what the file is.
    if (digest.state === 'unreadable' && !isAlteration(digest.trouble)) return 'unreadable';
    const restored = restore && copy !== null ? await copy.restore(file, sha256) : null;
    if (restored?.state === 'restored' || restored?.state === 'intact') {
      if (worst === 'verified') worst = 'restored';
      continue;
    }
    worst = digest.state === 'missing' ? 'missing' : 'altered';
  }
  await report({ type: 'recording-verified', recording: row.id, state: worst, at: now() });
  return worst;
}

async function verifyCopy(row: KeptSoundRow, { report, now }: CareDeps, copy: SecondCopy): Promise<boolean> {
  const check = await copy.verify(knownDigests(row));
  await report({ type: 'recording-copied', recording: row.id, state: check.state, at: now() });
  return check.state === 'verified';
}
