/** 值班电话检测 for the page: verdicts of lines, findings with what they rest on. */
import { OPEN_STATES } from '../diagnosis/finding.ts';
import type { Evidence, Scope } from '../diagnosis/suspicion.ts';
import { PROOF_LASTS_MS, verdictOf } from '../diagnosis/verdict.ts';
import { HIDDEN, nameOfWritten } from '../duty/hand-written.ts';
import type { FindingNoteView, FindingView, LineWatchView } from '../web/protocol/watch-view.ts';
import { among } from './among.ts';
import type { FindingTable } from './finding-table.ts';
import { checkOf } from './line-checks.ts';
import type { ReadDeps } from './read.ts';
import { shutTexts } from './shut-reads.ts';
import { findingOf } from './write-suspicion.ts';

/** Both verdicts of each line at a moment (integer ms UTC), in the order asked. */
export async function lineWatch(
  deps: ReadDeps,
  lines: readonly string[],
  at: number,
): Promise<readonly LineWatchView[]> {
  if (lines.length === 0) return [];
  const [checks, findings, probes] = await Promise.all([
    deps.db
      .selectFrom('line_checks')
      .selectAll()
      .where(among(deps.dialect, 'line', lines))
      .execute(),
    deps.db
      .selectFrom('findings')
      .selectAll()
      .where(among(deps.dialect, 'line', lines))
      .where((row) => row.or([row('state', 'in', OPEN_STATES), row('last_at', '>', at - PROOF_LASTS_MS)]))
      .execute(),
    deps.db
      .selectFrom('probes')
      .select('line')
      .where(among(deps.dialect, 'line', lines))
      .where('state', '=', 'running')
      .execute(),
  ]);
  return lines.map((line) => {
    const looks = checks.filter((row) => row.line === line).map(checkOf);
    const known = findings.filter((row) => row.line === line).map(findingOf);
    return {
      line,
      forwarding: verdictOf('forwarding', looks, known, at),
      ringback: verdictOf('ringback', looks, known, at),
      undecided: known.filter((finding) => finding.state === 'suspect').length,
      probing: probes.some((probe) => probe.line === line),
    };
  });
}

/** Findings of these lines: the open ones, and those decided last. */
export async function findingsOfLines(
  deps: ReadDeps,
  lines: readonly string[],
  limit: number,
): Promise<readonly FindingView[]> {
  if (lines.length === 0) return [];
  const rows = await deps.db
    .selectFrom('findings')
    .selectAll()
    .where(among(deps.dialect, 'line', lines))
    // However many were decided since: what is open is never cut off.
    .orderBy((row) => row.case().when('state', 'in', OPEN_STATES).then(0).else(1).end())
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withEvidence(deps, rows);
}

export async function findingView(deps: ReadDeps, id: string): Promise<FindingView | undefined> {
  const row = await deps.db.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [view] = await withEvidence(deps, [row]);
  return view;
}

/** Evidence of a finding that is read, because the page is given no more: the first notice and the newest. */
const SHOWN_EVIDENCE = 20;

async function withEvidence(deps: ReadDeps, rows: readonly FindingTable[]): Promise<readonly FindingView[]> {
  const ids = rows.map((row) => row.id);
  const [evidence, notes] = await Promise.all([
    deps.db
      .selectFrom('finding_evidence')
      .innerJoin('findings', 'findings.id', 'finding_evidence.finding_id')
      .selectAll('finding_evidence')
      .where(among(deps.dialect, 'finding_evidence.finding_id', ids))
      .where((row) =>
        row.or([
          row('finding_evidence.turn', '=', 1),
          row('finding_evidence.turn', '>', row('findings.times', '-', SHOWN_EVIDENCE)),
        ]),
      )
      .orderBy('finding_evidence.turn', 'desc')
      .execute(),
    deps.db
      .selectFrom('finding_notes')
      .selectAll()
      .where(among(deps.dialect, 'finding_id', ids))
      .orderBy('at', 'desc')
      .execute(),
  ]);
  const shut = await shutTexts(
    deps,
    notes.map(({ id: note }) => ({ kind: 'finding', id: note })),
  );
  const evidenceOf = Map.groupBy(evidence, (one) => one.finding_id);
  return rows.map((row) => {
    const { decided: _decided, ...finding } = findingOf(row);
    return {
      ...finding,
      evidence: (evidenceOf.get(row.id) ?? []).map((one) => ({
        at: one.at,
        scope: one.scope as Scope,
        call: one.call_id,
        probe: one.probe_id,
        evidence: JSON.parse(one.evidence_json) as Evidence,
      })),
      notes: notes
        .filter((note) => note.finding_id === row.id)
        .map((note) => {
          const state = shut[nameOfWritten({ kind: 'finding', id: note.id })] ?? null;
          return {
            id: note.id,
            decision: note.decision as FindingNoteView['decision'],
            text: state === null ? note.text : HIDDEN,
            ...{ shut: state, by: note.by_name, at: note.at },
          };
        }),
    };
  });
}
