import { expect, it } from 'vitest';
import { refuseWeakPassword, refuseWeakPin } from '../../src/accounts/password-rule.ts';

it.each([
  ['', 'password-too-short'],
  ['a1b2c3d', 'password-too-short'],
  ['𠮷'.repeat(7), 'password-too-short'],
  ['x1'.repeat(70), 'password-too-long'],
  ['zhang-3-zhang', 'password-has-account'],
  ['ZHANG12345678', 'password-has-account'],
  ['Admin@123', 'password-well-known'],
  ['11111111', 'password-well-known'],
  ['1212121212', 'password-well-known'],
  ['abcdefgh', 'password-one-kind'],
  ['20261123', 'password-one-kind'],
])('refuses %j: %s', (password, code) => {
  expect(refuseWeakPassword(password, 'zhang')?.code).toBe(code);
});

it.each(['duty-7-room', '值班室2026年冬天', 'correct horse battery', 'averylongsinglekindofword'])(
  'accepts %j',
  (password) => {
    expect(refuseWeakPassword(password, 'zhang')).toBeNull();
  },
);

it.each([
  ['', 'pin-form'],
  ['123', 'pin-form'],
  ['123456789', 'pin-form'],
  ['12a4', 'pin-form'],
  ['１２３５', 'pin-form'],
  ['1111', 'pin-too-simple'],
  ['1234', 'pin-too-simple'],
  ['9876', 'pin-too-simple'],
])('refuses the PIN %j: %s', (pin, code) => {
  expect(refuseWeakPin(pin)?.code).toBe(code);
});

it('accepts an ordinary PIN', () => {
  expect(refuseWeakPin('7294')).toBeNull();
});
