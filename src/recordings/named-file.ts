import type { CallFact } from '../calls/fact.ts';

/** A file the PBX records into by itself, as a fact named it. */
export interface NamedFile {
  readonly linkedid: string;
  readonly uniqueid: string;
  /** Hostile. */
  readonly path: string;
  readonly source: 'variable' | 'dialplan';
  /** Integer ms UTC. */
  readonly at: number;
  /** Sound flows into it already. */
  readonly bridged: boolean;
  /** Its call had ended when the fact was read again. */
  readonly over: boolean;
}

type FileName = Pick<NamedFile, 'path' | 'source'>;

/** The files these facts name, in their order; `over` is not known here. */
export function namedFiles(facts: readonly CallFact[]): readonly NamedFile[] {
  return facts.flatMap((fact): readonly NamedFile[] => {
    const { linkedid, uniqueid, at } = fact;
    if (fact.kind === 'recording-named') {
      return [{ linkedid, uniqueid, at, path: fact.path, source: fact.source, bridged: false, over: false }];
    }
    if (fact.kind !== 'legs-adopted') return [];
    return fact.recordings
      .filter((name) => !isSuperseded(name, fact.recordings))
      .map((name) => ({ ...name, linkedid, at, bridged: true, over: false }));
  });
}

/** The same file is named better: by the full path in a variable. */
function isSuperseded(name: FileName, others: readonly FileName[]): boolean {
  return (
    name.source === 'dialplan' &&
    others.some((other) => other.source === 'variable' && other.path.endsWith(`/${name.path}`))
  );
}

/** Linkedids of the calls that still stand after these facts. */
export function openCalls(facts: readonly CallFact[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === 'call-arrived' || fact.kind === 'legs-adopted') open.add(fact.linkedid);
    if (fact.kind === 'call-ended' || fact.kind === 'call-lost-from-sight') open.delete(fact.linkedid);
    if (fact.kind === 'calls-joined') open.delete(fact.joined);
  }
  return open;
}
