import { describe, expect, it } from 'vitest';
import { isMobile, readNumber } from '../../src/directory/number.ts';

const OWN = '0954';

/** raw → kind, key, shown */
const TABLE: readonly (readonly [string | null, string, string | null, string | null])[] = [
  // mobiles, as trunks of several carriers hand them over
  ['13900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['013900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['+8613900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['008613900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['8613900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['+86 139-0000-1111', 'mobile', '13900001111', '139 0000 1111'],
  ['+86013900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['913900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['9013900001111', 'mobile', '13900001111', '139 0000 1111'],
  ['１３９００００１１１１', 'mobile', '13900001111', '139 0000 1111'],
  ['19900001111', 'mobile', '19900001111', '199 0000 1111'],
  // fixed lines
  ['2035678', 'fixed', '09542035678', '0954-2035678'],
  ['09542035678', 'fixed', '09542035678', '0954-2035678'],
  ['0954-2035678', 'fixed', '09542035678', '0954-2035678'],
  ['(0954) 2035678', 'fixed', '09542035678', '0954-2035678'],
  ['（0954）2035678', 'fixed', '09542035678', '0954-2035678'],
  ['0954—2035678', 'fixed', '09542035678', '0954-2035678'],
  ['+869542035678', 'fixed', '09542035678', '0954-2035678'],
  ['+8609542035678', 'fixed', '09542035678', '0954-2035678'],
  ['00869542035678', 'fixed', '09542035678', '0954-2035678'],
  ['869542035678', 'fixed', '09542035678', '0954-2035678'],
  ['9542035678', 'fixed', '09542035678', '0954-2035678'],
  ['92035678', 'fixed', '09542035678', '0954-2035678'],
  ['909542035678', 'fixed', '09542035678', '0954-2035678'],
  ['01062345678', 'fixed', '01062345678', '010-62345678'],
  ['1062345678', 'fixed', '01062345678', '010-62345678'],
  ['02161234567', 'fixed', '02161234567', '021-61234567'],
  ['037187654321', 'fixed', '037187654321', '0371-87654321'],
  ['09516123456', 'fixed', '09516123456', '0951-6123456'],
  // service numbers stay as they are
  ['110', 'service', '110', '110'],
  ['119', 'service', '119', '119'],
  ['12345', 'service', '12345', '12345'],
  ['095412345', 'service', '12345', '0954-12345'],
  ['095112345', 'service', '095112345', '0951-12345'],
  ['4001234567', 'service', '4001234567', '400-123-4567'],
  ['8008101234', 'service', '8008101234', '800-810-1234'],
  ['10086', 'service', '10086', '10086'],
  ['95598', 'service', '95598', '95598'],
  ['12388', 'service', '12388', '12388'],
  // extensions
  ['8001', 'extension', '8001', '8001'],
  ['601', 'extension', '601', '601'],
  ['203567', 'extension', '203567', '203567'],
  // abroad
  ['+85223456789', 'foreign', '+85223456789', '+85223456789'],
  ['0085223456789', 'foreign', '+85223456789', '+85223456789'],
  // nobody
  [null, 'withheld', null, null],
  ['', 'withheld', null, null],
  ['  ', 'withheld', null, null],
  ['anonymous', 'withheld', null, null],
  ['Anonymous', 'withheld', null, null],
  ['<unknown>', 'withheld', null, null],
  // hostile or strange: kept as text
  // what is not seen, and turns the digits after it round
  ['0954\u{202e}2035678', 'fixed', '09542035678', '0954-2035678'],
  ['=cmd()', 'other', '=cmd()', '=cmd()'],
  ['1390000111', 'other', '1390000111', '1390000111'],
  ['alice', 'other', 'alice', 'alice'],
  ['\ufffd\ufffd', 'unreadable', null, null],
  ['13900001111;drop', 'other', '13900001111;drop', '13900001111;drop'],
];

describe('a number', () => {
  it.each(TABLE)('%j is %s with key %j', (raw, kind, matchKey, shown) => {
    expect(readNumber(raw, OWN)).toEqual({ kind, matchKey, shown });
  });

  it('in an own area with eight digits is found by its local form too', () => {
    expect(readNumber('62345678', '010').matchKey).toBe(readNumber('010-62345678', '010').matchKey);
  });

  it('of a mobile is told from others', () => {
    expect(['13900001111', '913900001111', '2035678', '110', null].map((raw) => isMobile(raw, OWN))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('of any length is read at once', () => {
    expect(readNumber('9'.repeat(100_000), OWN).kind).toBe('other');
    expect(readNumber('(-'.repeat(50_000), OWN).kind).toBe('other');
  });
});
