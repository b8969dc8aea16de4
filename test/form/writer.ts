/** An officer at a form: looks at a field, types, leaves it, takes it over, chooses between two texts. All by the page's code. */
import { CATEGORIES, type FieldName } from '../../src/records/field.ts';
import { fieldKey, type UnsentText } from '../../src/ui/unsent.ts';
import type { FieldView } from '../../src/web/protocol/record-view.ts';
import type { Chance } from '../support/seeded.ts';
import type { Hand } from './page-code.ts';
import type { Tab } from './tab.ts';

/** Fields that everybody writes in. */
export const SHARED: readonly FieldName[] = [
  'content',
  'callerUnit',
  'callerName',
  'callerNumber',
  'proposal',
  'category',
];
/** A field for each machine alone. */
export const OWN: readonly FieldName[] = ['note', 'reportedTo', 'callerTitle'];

export interface Writer {
  readonly tab: Tab;
  /** One stroke into the field; false when the form is not there, or somebody else writes. */
  type(field: FieldName): boolean;
  /** The screen is drawn anew: the hand sees what the page knows. */
  look(): void;
  leave(): void;
  /** Decides one conflict that stands on the screen. */
  decide(): boolean;
}

export interface Chosen {
  readonly field: FieldName;
  readonly mine: string;
}

/** `typed` hears every stroke that the page took, `dropped` every text that a person gave up for another's. */
export function writerAt(
  tab: Tab,
  of: {
    readonly record: string;
    readonly name: string;
    readonly chance: Chance;
    readonly nextText: () => number;
    readonly typed: (field: FieldName, value: string) => void;
    readonly dropped: (chosen: Chosen) => void;
  },
): Writer {
  const { record, name, chance } = of;
  const { store, page } = tab;
  const hands = new Map<FieldName, Hand>();
  const shown = new Map<FieldName, string>();
  let focused: FieldName | null = null;

  function fieldNow(field: FieldName): { kept: FieldView; entry: UnsentText | null; held: boolean } | null {
    const state = store.read();
    const view = state.records.get(record);
    if (view === undefined) return null;
    const key = fieldKey(record, field);
    const unsent = state.unsent.get(key);
    const entry = unsent?.kind === 'text' ? unsent : null;
    const hold = state.holds.get(key) ?? null;
    const kept = view.fields[field];
    const hand = page.afterRendering(hands.get(field) ?? { seen: kept.version, composing: false }, kept);
    hands.set(field, hand);
    if (!hand.composing) shown.set(field, page.shownText(entry, hold, kept));
    return { kept, entry, held: hold !== null };
  }

  function enter(field: FieldName): void {
    if (focused === field) return;
    leave();
    focused = field;
    store.dispatch({ type: 'writing', key: fieldKey(record, field) });
    store.hold(record, field, shown.get(field) ?? '');
  }

  function leave(): void {
    if (focused === null) return;
    store.flush();
    store.release(record, focused);
    store.dispatch({ type: 'writing', key: null });
    focused = null;
  }

  function textFor(field: FieldName, before: string): string {
    if (field === 'category') return chance.pick(['', ...CATEGORIES]);
    const mark = `${name}${of.nextText()}`;
    if (field === 'callerUnit' && chance.below(6) === 0) return '未说明';
    const long = field === 'content' || field === 'proposal' || field === 'note' || field === 'reportedTo';
    return long && chance.below(3) > 0 ? `${before.slice(-200)}，${mark}` : `滑坡${mark}`;
  }

  return {
    tab,
    leave,
    look: () => {
      for (const field of [...SHARED, ...OWN]) fieldNow(field);
    },
    type: (field) => {
      // What the eye has may be older than what the page knows: between two drawings of the screen, and under composition.
      const stale = hands.has(field) && chance.below(4) === 0;
      const hand = hands.get(field);
      if (stale && hand !== undefined) hands.set(field, { ...hand, composing: true });
      const now = fieldNow(field);
      if (now === null) return false;
      const typing = hands.get(field);
      if (typing !== undefined) hands.set(field, { ...typing, composing: false });
      if (now.held && field !== 'category') {
        if (chance.below(3) > 0) return false;
        store.takeOver(record, field);
      }
      enter(field);
      const value = textFor(field, shown.get(field) ?? '');
      const edit = page.editOf(
        hands.get(field) ?? { seen: now.kept.version, composing: false },
        value,
        false,
      );
      if (edit === null) return false;
      store.type(record, field, edit.value, edit.base);
      store.hold(record, field, edit.value);
      shown.set(field, value);
      if (now.entry !== null || now.kept.value !== value) of.typed(field, value);
      return true;
    },
    decide: () => {
      for (const entry of store.read().unsent.values()) {
        if (entry.kind !== 'text' || entry.conflict === null || entry.record !== record) continue;
        const mine = chance.below(2) === 0;
        if (!mine) of.dropped({ field: entry.field, mine: entry.value });
        if (mine) store.dispatch({ type: 'take-mine', record, field: entry.field });
        else store.takeTheirs(record, entry.field);
        if (mine) store.flush();
        return true;
      }
      return false;
    },
  };
}
