/** 本班须知 as it is typed: times and minutes are text until it is saved. Pure. */
import type { DutyNotes, Whereabouts } from '../../duty/duty-notes.ts';
import { typedForm, typedMoment } from '../format.ts';

type HeadDraft = Omit<Whereabouts, 'from' | 'to'> & { readonly from: string; readonly to: string };

export interface NotesDraft extends Omit<DutyNotes, 'whereabouts' | 'phoneMinutes' | 'writtenMinutes'> {
  readonly whereabouts: readonly HeadDraft[];
  readonly phoneMinutes: string;
  readonly writtenMinutes: string;
}

export function draftOf(notes: DutyNotes): NotesDraft {
  return {
    ...notes,
    whereabouts: notes.whereabouts.map((one) => ({
      ...one,
      from: one.from === null ? '' : typedForm(one.from),
      to: one.to === null ? '' : typedForm(one.to),
    })),
    phoneMinutes: String(notes.phoneMinutes),
    writtenMinutes: String(notes.writtenMinutes),
  };
}

/** What was typed, or which part of it cannot be read. `now` is ms UTC. */
export function notesOf(
  draft: NotesDraft,
  now: number,
):
  | { readonly ok: true; readonly notes: DutyNotes }
  | { readonly ok: false; readonly why: 'badTime' | 'badMinutes' } {
  const minutes = [draft.phoneMinutes, draft.writtenMinutes].map((text) => text.normalize('NFKC').trim());
  if (!minutes.every((text) => /^\d{1,4}$/.test(text))) return { ok: false, why: 'badMinutes' };
  const [phoneMinutes = 0, writtenMinutes = 0] = minutes.map(Number);
  const whereabouts: Whereabouts[] = [];
  for (const one of draft.whereabouts) {
    const [from, to] = [one.from, one.to].map((text) => momentOf(text, now));
    if (from === undefined || to === undefined) return { ok: false, why: 'badTime' };
    whereabouts.push({ ...one, from, to });
  }
  return { ok: true, notes: { ...draft, whereabouts, phoneMinutes, writtenMinutes } };
}

/** Null for nothing, undefined for what is no time. An absence may lie ahead. */
function momentOf(text: string, now: number): number | null | undefined {
  return text.trim() === '' ? null : (typedMoment(text, now) ?? undefined);
}
