import { describe, expect, it } from 'vitest';
import { dialTarget, optionsOf, soundOfOptions } from '../../src/diagnosis/dial-arguments.ts';
import { evaluate, truthOf } from '../../src/diagnosis/dialplan-expression.ts';
import { callFunction } from '../../src/diagnosis/dialplan-functions.ts';
import { substitute } from '../../src/diagnosis/dialplan-text.ts';
import { isKnown, sameText, shownText, splitOutside, unknown } from '../../src/diagnosis/unknown-text.ts';

const VARIABLES: Readonly<Record<string, string>> = {
  EXTEN: '913900001111',
  LIST: 'a-b-c',
  EMPTY: '',
  N: '3',
};
const values = {
  variable: (name: string) => VARIABLES[name] ?? null,
  call: (name: string, argument: string) =>
    callFunction(name, argument, {
      variable: (one) => VARIABLES[one] ?? null,
      database: (key) => (key === 'CF/1001' ? '9139' : ''),
      global: () => null,
    }),
};

describe('putting values into a text', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are dialplan
  it.each([
    ['PJSIP/${EXTEN:1}@telco', 'PJSIP/13900001111@telco'],
    ['${EXTEN:-4}', '1111'],
    ['${EXTEN:0:3}', '913'],
    ['${EXTEN:1:-8}', '139'],
    ['${CUT(LIST,-,2-)}', 'b-c'],
    ['${CUT(LIST,-,-2)}', 'a-b'],
    ['${CUT(LIST,-,1):0:1}', 'a'],
    ['${REPLACE(LIST,-)}', 'abc'],
    ['${REPLACE(LIST,-,_)}', 'a_b_c'],
    ['${IF($["${EMPTY}" = ""]?yes:no)}', 'yes'],
    ['${LEN(${LIST})}', '5'],
    ['${DB(CF/1001)}${DB(CF/1002)}', '9139'],
    ['${DB_EXISTS(CF/1001)}${ISNULL(${EMPTY})}', '11'],
    ['$[${N} + 1]', '4'],
    ['$[${N} * 2 - 1]', '5'],
    ['${UNFINISHED', '${UNFINISHED'],
    ['$ { }', '$ { }'],
  ])('%s is %s', (text, expected) => expect(substitute(text, values)).toBe(expected));

  it.each([
    ['${NOBODY}', '${NOBODY}'],
    ['a${SHELL(id)}b', 'a${SHELL(id)}b'],
    ['${NOBODY:1}', '${NOBODY:1}'],
    ['${CUT(NOBODY,-,1)}', '${CUT(NOBODY,-,1)}'],
    ['${DB(CF/${NOBODY})}', '${DB(CF/${NOBODY})}'],
  ])('%s stays unknown and is shown as it is written', (text, shown) => {
    const value = substitute(text, values);
    expect([isKnown(value), shownText(value)]).toEqual([false, shown]);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are dialplan
});

describe('what a PBX nests without end', () => {
  it('is unknown, not the end of the audit', () => {
    expect(evaluate(`${'('.repeat(40)}1 + 1${')'.repeat(40)}`)).toBe('2');
    for (const deep of ['('.repeat(4_000), '!'.repeat(4_000), '-'.repeat(4_000), '1 + ('.repeat(700)])
      expect(isKnown(evaluate(deep))).toBe(false);
    expect(isKnown(substitute(`$[${'('.repeat(3_997)}]`, values))).toBe(false);
    // A chain is no nest.
    expect(evaluate(`1${' + 1'.repeat(999)}`)).toBe('1000');
  });

  it.each(['${', '$['])('%s in itself', (opens) => {
    const closes = opens === '${' ? '}' : ']';
    const nested = opens.repeat(1_333) + closes.repeat(1_333);
    expect(() => substitute(nested, values)).not.toThrow();
  });
});

describe('deciding', () => {
  const who = unknown('who');
  it.each([
    ['"a" = "a"', true],
    ['"a" != "a"', false],
    ['"" = ""', true],
    ['3 > 10', false],
    ['"3" = "03"', true],
    ['"a" = "b" | 1', true],
    ['(1 | 0) & 0', false],
    ['!0', true],
    ['1 ? 0 :: 1', false],
    [`"${who}" = "a"`, null],
    [`"x${who}" = ""`, false],
    [`"x${who}" != ""`, true],
    [`"${who}" = "a" & 0`, false],
    [`"${who}" = "a" | 1`, true],
    ['"unbalanced', null],
    ['1 +', null],
    ['"139" : "1[3-9]"', null],
  ])('$[%s]', (text, expected) => expect(truthOf(evaluate(text))).toBe(expected));

  it('takes a text for true, 0 and nothing for false', () => {
    expect(['yes', '0', '', ' ', '-1', '00'].map(truthOf)).toEqual([true, false, false, false, true, false]);
    expect(sameText(`a${who}c`, 'abc')).toBeNull();
    expect(sameText(`a${who}c`, 'abd')).toBe(false);
  });
});

describe('what Dial is told', () => {
  const isTrunk = (endpoint: string) => ['PJSIP/telco', 'SIP/telco', 'DAHDI/4'].includes(endpoint);
  it.each([
    ['PJSIP/1001', { kind: 'phone', endpoint: 'PJSIP/1001' }],
    ['PJSIP/1001/sip:1001@192.0.2.7:5060', { kind: 'phone', endpoint: 'PJSIP/1001' }],
    ['PJSIP/139@telco', { kind: 'outside', endpoint: 'PJSIP/telco', number: '139' }],
    ['PJSIP/139@elsewhere', { kind: 'outside', endpoint: 'PJSIP/elsewhere', number: '139' }],
    ['PJSIP/telco/sip:139@192.0.2.1', { kind: 'outside', endpoint: 'PJSIP/telco', number: '139' }],
    ['SIP/telco/139', { kind: 'outside', endpoint: 'SIP/telco', number: '139' }],
    ['DAHDI/g0/139', { kind: 'outside', endpoint: 'DAHDI/g0', number: '139' }],
    ['DAHDI/1', { kind: 'phone', endpoint: 'DAHDI/1' }],
    ['DAHDI/4', { kind: 'outside', endpoint: 'DAHDI/4', number: '4' }],
    ['Local/1001@from-internal/n', { kind: 'local', extension: '1001', context: 'from-internal' }],
    [
      'Local/FMGL-1001-139#@from-internal',
      { kind: 'local', extension: 'FMGL-1001-139#', context: 'from-internal' },
    ],
    ['', { kind: 'unknown', text: '' }],
    [`PJSIP/${unknown('x')}`, { kind: 'unknown', text: 'PJSIP/x' }],
    [`PJSIP/139@${unknown('x')}`, { kind: 'outside', endpoint: 'PJSIP/x', number: '139' }],
  ])('%s', (text, expected) => expect(dialTarget(text, isTrunk)).toEqual(expected));

  it.each([
    ['HhTtr', null],
    ['tr(ring)', null],
    ['r(callwaiting)I', null],
    ['Ttm', { sound: 'music', name: 'default' }],
    [`b(m^s^1)U(music)${unknown('m')}`, null],
    [`m(crbt)${unknown('REPLACE')}b(func^s^1,(2))`, { sound: 'music', name: 'crbt' }],
    ['r(400/500,0/500)', { sound: 'tone', name: '400/500,0/500' }],
  ])('options %s', (text, expected) => expect(soundOfOptions(text)).toEqual(expected));

  it('reads brackets within brackets', () => {
    expect([...optionsOf('b(a^s^1,(2))Tg')]).toEqual([
      ['b', 'a^s^1,(2)'],
      ['T', null],
      ['g', null],
    ]);
    expect(splitOutside(`a(b,c),[d,e],${unknown('f,g')},h`, ',')).toHaveLength(4);
  });
});
