import { describe, expect, it } from 'vitest';
import { extensionOf, settingKeys, settingSuspicions } from '../../src/diagnosis/call-forward-settings.ts';
import { FORWARDING_CODES, forwardingCode } from '../../src/diagnosis/forwarding-code.ts';

const told = (values: Readonly<Record<string, string>>, own: readonly string[] = ['1001', '1002']) =>
  settingSuspicions('PJSIP/1001', new Map(Object.entries(values)), own).map(
    ({ rule, scope, target, sound, place }) => [
      rule,
      scope,
      target ?? sound,
      place.kind === 'database' ? place.key : place.kind,
    ],
  );

describe('settings in AstDB', () => {
  it('are forwards by their families: CFU is no answer, not unconditional', () => {
    expect(told({ 'CF/1001': '913900001111' })).toEqual([
      ['call-forward', 'always', '913900001111', 'CF/1001'],
    ]);
    expect(told({ 'CFU/1001': '9139' })).toEqual([['call-forward', 'no-answer', '9139', 'CFU/1001']]);
    expect(told({ 'CFB/1001': '9139' })).toEqual([['call-forward', 'busy', '9139', 'CFB/1001']]);
    expect(told({ 'DND/1001': 'YES' })).toEqual([['do-not-disturb', 'always', null, 'DND/1001']]);
  });

  it('are none for another phone, an empty value, itself, or a phone of the same line', () => {
    expect(told({ 'CF/1003': '9139', 'CF/1001': '', 'CFU/1001': '1002', 'CFB/1001': '1001' })).toEqual([]);
  });

  it('are follow-me only while it is on: its members, its music, its announcement', () => {
    const list = { 'AMPUSER/1001/followme/grplist': '1001-1002-913900001111#' };
    expect(told(list)).toEqual([]);
    expect(told({ ...list, 'AMPUSER/1001/followme/ddial': 'EXTENSION' })).toEqual([]);
    const on = { ...list, 'AMPUSER/1001/followme/ddial': 'DIRECT' };
    const member = ['follow-me', 'always', '913900001111', 'AMPUSER/1001/followme/grplist'];
    expect(told(on)).toEqual([member]);
    expect(told({ ...on, 'AMPUSER/1001/followme/ringing': 'Ring' })).toEqual([member]);
    expect(told({ ...on, 'AMPUSER/1001/followme/ringing': 'song' })).toEqual([
      member,
      ['music-while-ringing', 'always', 'song', 'AMPUSER/1001/followme/ringing'],
    ]);
  });

  it('are asked for by every key that is read', () => {
    expect(settingKeys('1001')).toEqual([
      'CF/1001',
      'CFU/1001',
      'CFB/1001',
      'DND/1001',
      ...['ddial', 'grplist', 'ringing', 'annmsg'].map((name) => `AMPUSER/1001/followme/${name}`),
    ]);
    expect(['PJSIP/1001', 'DAHDI/1', 'SIP/a b', 'PJSIP/../x', 'PJSIP/'].map(extensionOf)).toEqual([
      '1001',
      '1',
      null,
      null,
      null,
    ]);
  });
});

describe('codes dialled from the duty phone', () => {
  it.each([
    ['*57*13900001111#', 'set', 'always', '13900001111'],
    ['9*57*13900001111#', 'set', 'always', '13900001111'],
    ['*57*13900001111', 'set', 'always', '13900001111'],
    ['#57#', 'removed', 'always', null],
    ['*40*02988880000#', 'set', 'busy', '02988880000'],
    ['#40#', 'removed', 'busy', null],
    ['*41*13900001111#', 'set', 'no-answer', '13900001111'],
    ['**21*+8613900001111#', 'set', 'always', '+8613900001111'],
    ['*21*13900001111#', 'set', 'always', '13900001111'],
    ['##21#', 'removed', 'always', null],
    ['**61*13900001111#', 'set', 'no-answer', '13900001111'],
    ['**62*13900001111#', 'set', 'unreachable', '13900001111'],
    ['**67*13900001111#', 'set', 'busy', '13900001111'],
    ['##002#', 'removed', 'all', null],
    ['*72913900001111', 'set', 'always', '913900001111'],
    ['*72', 'set', 'always', null],
    ['*73', 'removed', 'always', null],
    ['*90913900001111', 'set', 'busy', '913900001111'],
    ['*91', 'removed', 'busy', null],
    ['*52913900001111', 'set', 'no-answer', '913900001111'],
    ['*53', 'removed', 'no-answer', null],
    ['*21', 'toggled', 'always', null],
  ])('%s', (dialled, change, condition, target) => {
    expect(forwardingCode(dialled)).toMatchObject({ change, condition, target });
  });

  it.each([
    '13900001111',
    '913900001111',
    '110',
    '*#21#',
    '*78',
    '*8',
    '**1002',
    '*1001',
    '',
    's',
    '*97',
    '70',
  ])('%s is none', (dialled) => expect(forwardingCode(dialled)).toBeNull());

  it('are those of the office where it gives its own', () => {
    const own = [{ dial: '*71{number}', change: 'set', condition: 'always' }] as const;
    expect(forwardingCode('*7113900001111', own)).toMatchObject({ target: '13900001111' });
    expect(forwardingCode('*57*13900001111#', own)).toBeNull();
    expect(new Set(FORWARDING_CODES.map(({ dial }) => dial)).size).toBe(FORWARDING_CODES.length);
  });
});
