import { describe, expect, it } from 'vitest';
import { FIELD_LIMITS } from '../../src/records/field.ts';
import { LARGEST_FRAME, parseClientMessage, parseLoginBody } from '../../src/web/parse-client-message.ts';

const opId = 'op-0123456789abcdef';
const patch = { type: 'patch', opId, record: 'r1', field: 'content', base: 0, value: 'x' };

function parse(message: unknown) {
  return parseClientMessage(Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)));
}

describe('what a page sends', () => {
  it.each([
    { type: 'hello', protocol: 1, client: opId, position: null, room: null },
    { type: 'hello', protocol: 1, client: opId, position: 17, room: 'r-1' },
    patch,
    { type: 'hold', record: 'r1', field: 'content', text: '正在写' },
    { type: 'release', record: 'r1', field: 'content' },
    { type: 'take-over', record: 'r1', field: 'proposal' },
    { type: 'register', opId, record: 'r1' },
    { type: 'correct', opId, record: 'r1', field: 'content', value: '', reason: '听错' },
    { type: 'mark-no-record', opId, record: 'r1', reason: 'misdial' },
    { type: 'void', opId, record: 'r1', reason: '误登' },
    { type: 'reopen', opId, record: 'r1' },
    { type: 'open-by-hand', opId, record: '0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e5f' },
    { type: 'take-seat', opId, seat: 's-1' },
    { type: 'change-person', opId, person: 'p-1', pin: '7294' },
    { type: 'simulate-call', opId, story: 'missed' },
    { type: 'ping', at: 1.5 },
  ])('is taken as it is: $type', (message) => {
    expect(parse(message)).toEqual({ ok: true, message });
  });

  it.each([
    ['nothing', '', 'not-json'],
    ['half a message', '{"type":"ping"', 'not-json'],
    ['bytes that are no UTF-8', '\ud800', 'not-json'],
    ['null', 'null', 'unknown-message'],
    ['a list', '[]', 'unknown-message'],
    ['a number', '7', 'unknown-message'],
    ['no type', '{}', 'unknown-message'],
    ['a type that is an object', '{"type":{}}', 'unknown-message'],
    ['a type of the prototype', '{"type":"constructor"}', 'unknown-message'],
    ['an unknown type', '{"type":"drop-tables"}', 'unknown-message'],
    ['a message of ours', '{"type":"snapshot"}', 'unknown-message'],
    ['a missing key', { type: 'register', opId }, 'bad-message'],
    ['a key too many', { ...patch, by: 'p-boss' }, 'bad-message'],
    ['a __proto__ key', '{"type":"ping","at":1,"__proto__":{"x":1}}', 'bad-message'],
    ['an opId that could be guessed', { ...patch, opId: '1' }, 'bad-message'],
    ['an opId with a line end', { ...patch, opId: `${opId}\n` }, 'bad-message'],
    ['an opId that is a number', { ...patch, opId: 1 }, 'bad-message'],
    ['a record that is a path', { ...patch, record: '../../etc/passwd' }, 'bad-message'],
    ['a record without end', { ...patch, record: 'r'.repeat(65) }, 'bad-message'],
    ['a field that is none', { ...patch, field: 'secretLevel' }, 'bad-message'],
    ['a field of the prototype', { ...patch, field: '__proto__' }, 'bad-message'],
    ['a negative version', { ...patch, base: -1 }, 'bad-message'],
    ['a broken version', { ...patch, base: 0.5 }, 'bad-message'],
    ['a version beyond safe integers', { ...patch, base: 2 ** 60 }, 'bad-message'],
    ['a value that is null', { ...patch, value: null }, 'bad-message'],
    ['a value that is a list', { ...patch, value: ['x'] }, 'bad-message'],
    ['a reason that is none', { type: 'mark-no-record', opId, record: 'r1', reason: 'lazy' }, 'bad-message'],
    ['a time that is not finite', '{"type":"ping","at":1e999}', 'bad-message'],
    ['a text above every limit', { ...patch, value: '值'.repeat(20_001) }, 'text-too-long'],
    ['a text of pairs above every limit', { ...patch, value: '𠮷'.repeat(20_001) }, 'text-too-long'],
    [
      'a reason without end',
      { type: 'void', opId, record: 'r1', reason: 'x'.repeat(1_001) },
      'text-too-long',
    ],
    ['a frame above the limit', 'x'.repeat(LARGEST_FRAME + 1), 'frame-too-large'],
  ])('is refused by name: %s', (_, message, code) => {
    const parsed = parse(message);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.refusal.code).toBe(code);
    expect(!parsed.ok && parsed.refusal.zh).toMatch(/\p{Script=Han}/u);
  });

  it('says which operation was refused when it can be read', () => {
    expect(parse({ ...patch, base: -1 })).toMatchObject({ ok: false, opId });
    expect(parse({ ...patch, opId: 'short' })).toMatchObject({ ok: false, opId: null });
  });

  it('fits the longest field, however the page encodes it', () => {
    const value = '𠮷'.repeat(FIELD_LIMITS.content);
    expect(parse({ ...patch, value })).toMatchObject({ ok: true, message: { value } });
    const escaped = JSON.stringify({ ...patch, value: '' }).replace(
      '"value":""',
      `"value":"${'\\ud842\\udfb7'.repeat(FIELD_LIMITS.content)}"`,
    );
    expect(parse(escaped)).toMatchObject({ ok: true, message: { value } });
  });

  it('keeps what people type and drops what no database takes', () => {
    const value = '<script>alert(1)</script> =cmd() ../x\r\n\u202eRTL 𠮷';
    expect(parse({ ...patch, value })).toMatchObject({ message: { value } });
    expect(parse('{"type":"hold","record":"r1","field":"content","text":"a\\u0000b\\ud842c"}')).toMatchObject(
      {
        message: { text: 'ab\ufffdc' },
      },
    );
  });
});

describe('the log-in form', () => {
  it.each([
    null,
    [],
    'x',
    {},
    { login: 'a' },
    { login: '', password: 'x' },
    { login: 'a', password: 'x', next: '/' },
  ])('refuses %j', (body) => {
    expect(parseLoginBody(body)).toBeNull();
  });
});
