import { expect, it } from 'vitest';
import { matchTotp, totpAt } from '../../src/web/totp.ts';

// RFC 6238, appendix B: the secret "12345678901234567890" in base32, last six of eight digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  expect(totpAt(SECRET, Math.floor(seconds / 30))).toBe(code);
  expect(matchTotp(SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
});

it('allows one step of clock difference and no more', () => {
  const code = totpAt(SECRET, 100);
  expect([97, 98, 99, 100, 101, 102].map((step) => matchTotp(SECRET, code, step * 30_000))).toEqual([
    null,
    null,
    100,
    100,
    100,
    null,
  ]);
});

it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '287082\n'])('refuses %j', (code) => {
  expect(matchTotp(SECRET, code, 59_000)).toBeNull();
});
