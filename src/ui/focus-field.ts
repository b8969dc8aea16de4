import type { FieldName } from '../records/field.ts';

/** Puts the caret into a field of the open form. False when it cannot be written in. */
export function focusField(field: FieldName): boolean {
  const element = document.getElementById(`field-${field}`);
  if (element === null) return false;
  element.focus();
  // Where it had the focus already, on a page that was enlarged since, the browser leaves it out of sight.
  element.scrollIntoView({ block: 'nearest' });
  return document.activeElement === element;
}
