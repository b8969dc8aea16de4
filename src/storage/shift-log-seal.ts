/**
 * The seal of 值班日志: a digest over the one before it in the room and over the hand-over it was signed with. Words are sealed
 * by salted digests: what has to be erased (D11) leaves the seal whole.
 */
import type { CallCounts, LogLine } from '../duty/shift-log.ts';
import { saltedDigest } from './digest.ts';
import { handOverFits, sealOf } from './hand-over-seal.ts';
import type { ReadDeps } from './read.ts';
import type { ShiftLogSealTable, ShiftLogTable } from './shift-log-table.ts';

/** What of a log is sealed. */
export interface SealedContent {
  readonly log: string;
  readonly room: string;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** The hand-over with its own seal; null when the log was sealed again without one. */
  readonly handOver: { readonly id: string; readonly digest: string } | null;
  readonly counts: CallCounts;
  readonly lines: readonly LogLine[];
  /** Every reopening before this seal. */
  readonly openings: readonly {
    readonly at: number;
    readonly account: string | null;
    readonly reason: string | null;
  }[];
}

/** What the seal is put on. `erased`: the digests of texts that are gone, from what was sealed. */
export function sealedLogText(content: SealedContent, salt: string, erased?: SealedContent): string {
  const digested = (text: string | null, sealed: string | null | undefined) =>
    text === null ? (sealed ?? null) : saltedDigest(salt, text);
  return JSON.stringify({
    ...content,
    lines: content.lines.map((line, index) => ({
      ...line,
      // Names are people's own and may be corrected; who it was stands by his id.
      by: line.by === null ? null : { person: line.by.person },
      text: digested(line.text, erased?.lines[index]?.text),
    })),
    openings: content.openings.map((opening, index) => ({
      ...opening,
      reason: digested(opening.reason, erased?.openings[index]?.reason),
    })),
  });
}

/** Seals that are read at a time: each has the words of a whole log. */
const PAGE = 200;

/**
 * Walks the seals of a room, all of them or so many of the latest: null, or when the shift began whose seal is the first that
 * does not fit (ms UTC).
 */
export async function shiftLogChain(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
  latest = Number.POSITIVE_INFINITY,
): Promise<number | null> {
  const end = await db
    .selectFrom('shift_log_seals')
    .select((of) => of.fn.max<number | null>('serial').as('serial'))
    .where('room', '=', room)
    .executeTakeFirst();
  let serial = Math.max(0, Number(end?.serial ?? 0) - latest);
  // Of one in the middle it is not known over which it stands.
  let previous: string | null | undefined = serial === 0 ? null : undefined;
  for (;;) {
    const rows = await db
      .selectFrom('shift_log_seals')
      .selectAll()
      .where('room', '=', room)
      .where('serial', '>', serial)
      .orderBy('serial')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const follows = previous === undefined || row.previous === previous;
      serial += 1;
      if (row.serial !== serial || !follows || !fits(row)) return beginOf(row);
      previous = row.digest;
    }
    if (rows.length < PAGE) return null;
  }
}

/** Whether each seal of one log is as it was put on, and what people see of a sealed one is what the latest was put on. */
export async function ownSealsFit(
  deps: Pick<ReadDeps, 'db'>,
  row: ShiftLogTable,
  lines: readonly LogLine[],
): Promise<boolean> {
  const seals = await deps.db
    .selectFrom('shift_log_seals')
    .selectAll()
    .where('log', '=', row.id)
    .orderBy('serial')
    .execute();
  const [first, last] = [seals[0], seals.at(-1)].map(
    (seal) => seal && (JSON.parse(seal.content_json) as SealedContent),
  );
  if (!seals.every(fits) || first === undefined || last === undefined) return false;
  if (!(await isSignedAs(deps, row.hand_over, first.handOver))) return false;
  if (first.from !== row.from_at || first.to !== row.to_at) return false;
  return row.state !== 'sealed' || sameLines(lines, last.lines);
}

/** The hand-over whose signatures the log shows is the one it was sealed with, and stands under its own seal. */
async function isSignedAs(
  { db }: Pick<ReadDeps, 'db'>,
  id: string | null,
  sealed: SealedContent['handOver'],
): Promise<boolean> {
  if (id === null || sealed === null) return id === sealed;
  const row = await db.selectFrom('hand_overs').selectAll().where('id', '=', id).executeTakeFirst();
  return sealed.id === id && row?.digest === sealed.digest && handOverFits(row);
}

/** In whatever order; a name may have been corrected since. */
function sameLines(lines: readonly LogLine[], sealed: readonly LogLine[]): boolean {
  const texts = (all: readonly LogLine[]) =>
    all
      .map(({ by, source, ...line }) => {
        const { id, part, at, placeAt, enteredAt, text, edited, ticked, late } = line;
        const who = [by?.person ?? null, source?.kind ?? null, source?.id ?? null];
        return JSON.stringify([id, part, at, placeAt, enteredAt, text, edited, ticked, late, ...who]);
      })
      .toSorted();
  return JSON.stringify(texts(lines)) === JSON.stringify(texts(sealed));
}

function beginOf({ content_json }: ShiftLogSealTable): number {
  return (JSON.parse(content_json) as SealedContent).from;
}

function fits({ content_json, sealed_json, salt, previous, digest }: ShiftLogSealTable): boolean {
  const content = JSON.parse(content_json) as SealedContent;
  const sealed = JSON.parse(sealed_json) as SealedContent;
  return digest === sealOf(previous, sealed_json) && sealedLogText(content, salt, sealed) === sealed_json;
}
