/**
 * Looking after kept files that are no recordings of calls (附件, the sound of probes): read again and compared with their digests,
 * copied again, brought back from the second copy.
 */
import type { RecordingLibrary } from '../recordings/library.ts';
import { checkDigest } from '../recordings/vault/checked-open.ts';
import type { SecondCopy } from '../recordings/vault/second-copy.ts';

export interface KeptFile {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
}

export interface FileCare {
  readonly checked: number;
  readonly altered: readonly string[];
  readonly missing: readonly string[];
  readonly restored: readonly string[];
  /** Could not be read now: disk away, no right to read, its key not configured. */
  readonly unreadable: readonly string[];
  /** Without a good second copy; none where no copy is configured. */
  readonly uncopied: readonly string[];
}

export interface FileCareDeps {
  /** In the order of their ids; `after` is the last of the page before. */
  readonly kept: (after: string | null, limit: number) => Promise<readonly KeptFile[]>;
  readonly library: Pick<RecordingLibrary, 'digest' | 'trouble'>;
  readonly copy: SecondCopy | null;
}

const PAGE = 500;

/** Reads those that are `due` and writes a lost copy again; with `restore` an altered or lost file comes back. */
export async function careForFiles(
  deps: FileCareDeps,
  { due, restore }: { readonly due: (id: string) => boolean; readonly restore: boolean },
): Promise<FileCare> {
  const found = { altered: [], missing: [], restored: [], unreadable: [], uncopied: [] } as Record<
    Exclude<keyof FileCare, 'checked'>,
    string[]
  >;
  let checked = 0;
  for (let after: string | null = null; ; ) {
    const page: readonly KeptFile[] = await deps.kept(after, PAGE);
    for (const row of page.filter(({ id }) => due(id))) {
      checked += 1;
      const state = await look(row, deps, restore);
      if (state !== 'verified') found[state].push(row.id);
      if (deps.copy !== null && !(await isCopied(row, deps.copy))) found.uncopied.push(row.id);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { checked, ...found };
    after = last.id;
  }
}

/** Each within so many days, about as many every night; `day` counts days. */
export function dueOnDay(id: string, day: number, days: number): boolean {
  return Number.parseInt(id.slice(-6), 16) % days === day % days;
}

async function look(
  { file, sha256 }: KeptFile,
  { library, copy }: FileCareDeps,
  restore: boolean,
): Promise<'verified' | 'altered' | 'missing' | 'restored' | 'unreadable'> {
  const { state } = checkDigest(await library.digest(file), sha256);
  if (state === 'missing' && (await library.trouble()) !== null) return 'unreadable';
  if (state === 'verified' || state === 'unreadable' || !restore || copy === null) return state;
  const back = await copy.restore(file, sha256);
  if (back.state === 'restored') return 'restored';
  return back.state === 'intact' ? 'verified' : state;
}

async function isCopied({ id, file, sha256 }: KeptFile, copy: SecondCopy): Promise<boolean> {
  const known = new Map([[file, sha256]]);
  if ((await copy.verify(known)).state === 'verified') return true;
  return (await copy.copy(id, known)).state === 'verified';
}
