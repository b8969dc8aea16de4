/** Tab goes through the form in the order of a telephone talk, not of the paper: what is said first, who says it after. */
import type { FieldName } from '../records/field.ts';

const ORDER: readonly FieldName[] = ['content', 'callerUnit', 'callerName', 'category', 'proposal'];

/** Moves the focus to the next (or previous) field. False when the browser's own order goes on from here. */
export function focusAfter(field: FieldName, backwards: boolean): boolean {
  const index = ORDER.indexOf(field);
  if (index < 0) return false;
  const rest = backwards ? ORDER.slice(0, index).reverse() : ORDER.slice(index + 1);
  for (const next of rest) if (focusField(next)) return true;
  if (backwards) return false;
  const register = document.getElementById('form-register');
  register?.focus();
  return register !== null;
}

/** Puts the caret into a field of the open form. False when it cannot be written in. */
export function focusField(field: FieldName): boolean {
  const element = document.getElementById(`field-${field}`);
  if (element === null) return false;
  element.focus();
  return document.activeElement === element;
}
