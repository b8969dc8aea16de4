import { randomInt } from 'node:crypto';

/** A password to be handed over on paper: about 100 bits, without letters and digits that are read for each other. */
export function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)] ?? '').join('');
  return [group(), group(), group(), group()].join('-');
}
