/** What must be true of a form when everybody has come to rest. Each breach is a sentence. */
import { openPostgres } from '../../src/storage/postgres.ts';
import type { RecordFieldTable, RecordRevisionTable } from '../../src/storage/record-tables.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { FormRun } from './form-chaos.ts';
import { OWN } from './writer.ts';

const SECOND_PAGE = 'second page beside a sleeping one';

/** The rows of one form as they lie in the database. */
export interface KeptForm {
  readonly fields: readonly RecordFieldTable[];
  readonly revisions: readonly RecordRevisionTable[];
}

export async function readKept(database: string, record: string): Promise<KeptForm> {
  const db = database.startsWith('postgres')
    ? openPostgres(database, () => {})
    : openSqlite(database, 'read');
  try {
    const [fields, revisions] = await Promise.all([
      db.selectFrom('record_fields').selectAll().where('record_id', '=', record).execute(),
      db.selectFrom('record_revisions').selectAll().where('record_id', '=', record).orderBy('id').execute(),
    ]);
    return { fields, revisions };
  } finally {
    await db.destroy();
  }
}

/** Every breach; empty when nothing was lost, hidden or overwritten unseen. */
export function judge(run: FormRun, kept: KeptForm): readonly string[] {
  if (run.restless !== null) return [`it did not come to rest: ${run.restless}`];
  return [
    ...valueIsLastAccepted(run, kept),
    ...acknowledgedIsKept(run, kept),
    ...historyIsWhole(kept),
    ...nothingOverwrittenUnseen(run, kept),
    ...conflictsWereShown(run, kept),
    ...oneAloneNeverConflicts(run, kept),
    ...nothingTypedIsLost(run, kept),
    ...screensAgree(run, kept),
    ...run.wire.refused.map(({ code }) => `a patch was refused: ${code}`),
  ];
}

type Row = RecordRevisionTable & { readonly version: number };

/** The accepted values of a field in the order of their versions. */
function standing(kept: KeptForm, field: string): readonly Row[] {
  return kept.revisions
    .filter((row): row is Row => row.field === field && row.version !== null && row.kind !== 'lost')
    .sort((a, b) => a.version - b.version);
}

/**
 * What the pages were told is what stands. Of two pages of one machine one may have died before it heard of its last edit, and the
 * other held the same words: then nobody asks again.
 */
function valueIsLastAccepted({ wire, happened }: FormRun, kept: KeptForm): readonly string[] {
  const twoPages = (happened[SECOND_PAGE] ?? 0) > 0;
  return kept.fields.flatMap(({ field, value, version }) => {
    const accepted = wire.accepted.filter(({ opId }) => wire.patches.get(opId)?.field === field);
    if (accepted.length === 0) return [];
    const newest = accepted.reduce((a, b) => (b.version > a.version ? b : a));
    const said = wire.patches.get(newest.opId)?.value;
    const last = standing(kept, field).at(-1);
    const unheard = wire.patches.get(last?.op_id ?? '');
    if (twoPages && newest.version < version && unheard?.machine === 'm0' && unheard.value === value)
      return [];
    if (newest.version !== version)
      return [`${field} stands at version ${version}, the last accepted edit is ${newest.version}`];
    return said === value ? [] : [`${field} is "${value}", the last accepted edit was "${said}"`];
  });
}

function acknowledgedIsKept({ wire }: FormRun, kept: KeptForm): readonly string[] {
  return wire.accepted.flatMap(({ opId, version }) => {
    const patch = wire.patches.get(opId);
    if (patch === undefined) return [];
    const row = standing(kept, patch.field).find((one) => one.version === version);
    return row?.value === patch.value
      ? []
      : [`acknowledged and not kept: ${patch.field} v${version} "${patch.value}"`];
  });
}

function historyIsWhole(kept: KeptForm): readonly string[] {
  return kept.fields.flatMap(({ field, version, value }) => {
    const rows = standing(kept, field);
    const gap = rows.findIndex((row, index) => row.version !== index + 1);
    const last = rows.at(-1);
    return [
      ...(gap < 0 ? [] : [`the history of ${field} lacks version ${gap + 1} or has it twice`]),
      ...(last?.version === version && last.value === value
        ? []
        : [`the history of ${field} ends elsewhere`]),
    ];
  });
}

/** Whoever wrote saw what he replaced, or it was his own page's, or the service's. */
function nothingOverwrittenUnseen({ wire }: FormRun, kept: KeptForm): readonly string[] {
  return kept.fields.flatMap(({ field }) => {
    const rows = standing(kept, field);
    return rows.flatMap((row) => {
      const base = row.op_id === null ? undefined : wire.patches.get(row.op_id)?.base;
      if (row.kind !== 'typed' || base === undefined) return [];
      const unseen = rows.filter(
        (other) =>
          other.version > base &&
          other.version < row.version &&
          other.kind === 'typed' &&
          other.client !== row.client,
      );
      return unseen.map(({ version, value }) => `${field} v${version} "${value}" was overwritten unseen`);
    });
  });
}

/**
 * Of two pages with the same words one may die before its answer: then the other's answer tells of them. So it does when it had
 * taken the words over and its officer wrote on from them: they stand in what was answered.
 */
function conflictsWereShown({ wire, happened }: FormRun, kept: KeptForm): readonly string[] {
  const twoPages = (happened[SECOND_PAGE] ?? 0) > 0;
  const answered = [...wire.accepted.map(({ opId }) => opId), ...wire.conflicts.keys()];
  const told = answered.flatMap((opId) => wire.patches.get(opId) ?? []);
  const isToldElsewhere = (opId: string) => {
    const patch = wire.patches.get(opId);
    if (!twoPages || patch?.machine !== 'm0') return false;
    return told.some(
      ({ machine, field, value }) =>
        machine === 'm0' && field === patch.field && goesOnFrom(value, patch.value),
    );
  };
  const lost = kept.revisions.filter((row) => row.kind === 'lost' && row.op_id !== null);
  return [
    ...lost
      .filter((row) => wire.patches.has(row.op_id ?? '') && !wire.conflicts.has(row.op_id ?? ''))
      .filter((row) => !isToldElsewhere(row.op_id ?? ''))
      .map((row) => `nobody was told of the conflict over ${row.field} "${row.value}"`),
    ...[...wire.conflicts]
      .filter(([, how]) => how === 'hidden')
      .map(([opId]) => `a conflict was not shown: ${JSON.stringify(wire.patches.get(opId))}`),
  ];
}

/** The same words, or these and more behind them; a writer of `writer.ts` keeps the last 200 signs of what he goes on from. */
function goesOnFrom(words: string, before: string): boolean {
  return words === before || (before !== '' && words.startsWith(before.slice(-200)));
}

/** Nobody conflicts with his own machine; the machine of two pages is two hands. */
function oneAloneNeverConflicts({ wire, happened }: FormRun, kept: KeptForm): readonly string[] {
  const twoPages = (happened[SECOND_PAGE] ?? 0) > 0;
  const alone = OWN.filter((_, index) => index !== 0 || !twoPages);
  return kept.revisions
    .filter((row) => row.kind === 'lost' && alone.some((field) => field === row.field))
    .map(
      (row) =>
        `alone in ${row.field} and yet a conflict: ${JSON.stringify(wire.patches.get(row.op_id ?? ''))}`,
    );
}

/** The last word of each officer in each field, and every text he gave up for another's, stand in the history. */
function nothingTypedIsLost({ lastTyped, dropped, happened }: FormRun, kept: KeptForm): readonly string[] {
  const known = new Set(kept.revisions.map((row) => `${row.field} ${row.value}`));
  const twoPages = (happened[SECOND_PAGE] ?? 0) > 0;
  return [
    ...[...lastTyped.values()]
      .filter(({ field, value }) => !known.has(`${field} ${value}`))
      .map(({ machine, field, value }) => `typed on machine ${machine} and gone: ${field} "${value}"`),
    ...dropped
      .filter(({ field, mine }) => !known.has(`${field} ${mine}`))
      .map(({ field, mine }) => `given up for another's and not in the history: ${field} "${mine}"`),
    ...[...lastTyped.values()]
      .filter(({ machine, field }) => OWN[machine] === field && !(machine === 0 && twoPages))
      .filter(({ field, value }) => kept.fields.find((row) => row.field === field)?.value !== value)
      .map(({ field, value }) => `alone in ${field}, and "${value}" does not stand there`),
  ];
}

function screensAgree({ tabs, record }: FormRun, kept: KeptForm): readonly string[] {
  return tabs.flatMap(({ machine, store }) => {
    const view = store.read().records.get(record);
    return kept.fields.flatMap((row) => {
      const seen = Object.entries(view?.fields ?? {}).find(([field]) => field === row.field)?.[1];
      return seen?.value === row.value && seen.version === row.version
        ? []
        : [
            `${machine.name} shows another ${row.field}: "${seen?.value}" v${seen?.version} for v${row.version}`,
          ];
    });
  });
}
