/** 先记: the texts of the locked page, newest last. Pure. One that the service has and that is closed is forgotten here. */

export interface LockDraft {
  /** Made here; the same note again is its newer text. */
  readonly note: string;
  /** The call that lived when its first sign was typed. */
  readonly call: string | null;
  /** How the page names that call. */
  readonly about: string;
  /** When its first sign was typed, ms UTC. */
  readonly moment: number;
  readonly text: string;
  readonly version: number;
  /** The version that the service has. */
  readonly saved: number;
  readonly refusal: string | null;
}

export type LockDrafts = readonly LockDraft[];

/** What is written about, for the first sign. */
export interface Begun {
  readonly note: string;
  readonly call: string | null;
  readonly about: string;
  readonly moment: number;
}

/** The newest text of the open draft; its first sign makes it. */
export function typedInto(drafts: LockDrafts, open: string | null, text: string, begun: Begun): LockDrafts {
  const known = drafts.find(({ note }) => note === open);
  if (known === undefined) return [...drafts, { ...begun, text, version: 1, saved: 0, refusal: null }];
  return put(drafts, { ...known, text, version: known.version + 1, refusal: null });
}

export function savedAs(drafts: LockDrafts, note: string, version: number): LockDrafts {
  const known = drafts.find((draft) => draft.note === note);
  return known === undefined || known.saved >= version
    ? drafts
    : put(drafts, { ...known, saved: version, refusal: null });
}

/** Its name is taken: the whole text goes on under another. */
export function renamed(drafts: LockDrafts, note: string, name: string): LockDrafts {
  return drafts.map((draft) =>
    draft.note === note ? { ...draft, note: name, version: 1, saved: 0 } : draft,
  );
}

export function refusedBecause(drafts: LockDrafts, note: string, refusal: string): LockDrafts {
  const known = drafts.find((draft) => draft.note === note);
  return known === undefined ? drafts : put(drafts, { ...known, refusal });
}

/** What the service has not got yet. */
export function unsaved(drafts: LockDrafts): LockDrafts {
  return drafts.filter(({ version, saved, refusal }) => saved < version && refusal === null);
}

/** Without those that the service has, but for the open one. */
export function withoutSaved(drafts: LockDrafts, open: string | null): LockDrafts {
  const left = drafts.filter(({ note, version, saved }) => note === open || saved < version);
  return left.length === drafts.length ? drafts : left;
}

function put(drafts: LockDrafts, draft: LockDraft): LockDrafts {
  return drafts.map((known) => (known.note === draft.note ? draft : known));
}
