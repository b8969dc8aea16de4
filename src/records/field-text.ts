import type { Refusal } from './command.ts';
import { CATEGORIES, FIELD_LIMITS, type FieldName, URGENCIES } from './field.ts';
import { refusals } from './refusal.ts';

const REASON_LIMIT = 500;

/** Longest note at a moment of a call. */
export const NOTE_LIMIT = 1_000;

/**
 * Why a text may not stand in a field; null when it may. Nothing is cut or changed in silence: formulas, markup, text
 * that runs from right to left and signs outside the basic plane (𠮷) are text like any other.
 */
export function objectionTo(field: FieldName, text: string): Refusal | null {
  if (longerThan(text, FIELD_LIMITS[field])) return refusals.tooLong(field);
  // PostgreSQL cannot keep a NUL in a text at all.
  if (text.includes('\0')) return refusals.notText;
  if (field === 'callTime' && !/^\d{10,15}$/.test(text)) return refusals.badTime;
  if (field === 'category' && text !== '' && !CATEGORIES.some((known) => known === text)) {
    return refusals.badCategory;
  }
  if (field === 'urgency' && text !== '' && !URGENCIES.some((known) => known === text)) {
    return refusals.badChoice(field);
  }
  if ((field === 'readBack' || field === 'idVerified') && text !== '' && text !== 'yes') {
    return refusals.badChoice(field);
  }
  return null;
}

/** The same for the reason of a correction or a void, which must not be empty. */
export function objectionToReason(text: string): Refusal | null {
  if (longerThan(text, REASON_LIMIT)) return refusals.reasonTooLong;
  if (text.includes('\0')) return refusals.notText;
  return text.trim() === '' ? refusals.reasonNeeded : null;
}

/** Counts code points, as people count signs. The cheap test first: a hostile text may be very long. */
export function longerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > limit * 2) return true;
  return [...text].length > limit;
}
