/** The only user of uuid. */
import { v7 } from 'uuid';
import { randomPart } from './random.ts';

/** A UUIDv7: unguessable enough for a URL, and in the order of its making, so that indexes grow at one end. */
export function newId(): string {
  return v7({ random: randomPart(16) });
}
