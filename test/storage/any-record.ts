import type { SearchQuery } from '../../src/storage/search.ts';

/** A question without a condition; the caller names the rooms and what he asks for. */
export const ANY_RECORD: Omit<SearchQuery, 'rooms'> = {
  text: '',
  unit: '',
  tail: '',
  from: null,
  to: null,
  direction: null,
  state: null,
  category: null,
  outcome: null,
  recorder: '',
  sound: null,
  archived: null,
  review: null,
  callerClass: null,
};
