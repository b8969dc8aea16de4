import type { FieldName } from '../records/field.ts';

/** Puts the caret into a field of the open form. False when it cannot be written in. */
export function focusField(field: FieldName): boolean {
  const element = document.getElementById(`field-${field}`);
  if (element === null) return false;
  element.focus();
  return document.activeElement === element;
}
