/**
 * What a page sends, made safe: bytes in, a message or a named refusal out. Limits are looked at first, so that a
 * stranger's 100 kB cost no parsing. Lengths count code points, as the fields do (𠮷 is one).
 */
import { z } from 'zod';
import type { Refusal } from '../records/command.ts';
import { ENTRY_KINDS, ENTRY_TEXT_LIMIT, WAYS, WHO_LIMIT } from '../records/entry.ts';
import { FIELD_LIMITS, FIELDS, NO_RECORD_REASONS } from '../records/field.ts';
import { NOTE_LIMIT } from '../records/field-text.ts';
import type { ClientMessage } from './protocol/client-message.ts';

/**
 * Largest frame. 电话内容 holds 20,000 code points: 80,000 bytes as UTF-8 and, where a page escapes everything as
 * `\uXXXX` pairs, 240,000. The frame is therefore sized for the worst honest client, and the field by its own limit.
 */
export const LARGEST_FRAME = 256 * 1_024;

const LONGEST_FIELD = Math.max(...Object.values(FIELD_LIMITS));

const id = z.string().regex(/^[0-9A-Za-z._:-]{1,64}$/);
/** Made by the client; too short could be guessed, and a guessed opId would swallow another's patch. */
const opId = z.string().regex(/^[0-9A-Za-z_-]{16,64}$/);
const field = z.enum(FIELDS);
const position = z.int().min(0);

const fieldText = text(LONGEST_FIELD);
const reason = text(500);

/** Made by the client, and a key in the store: nothing but an id of our own form. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const moment = z.int().min(0).max(8.64e15).nullable();
const draft = z.strictObject({
  kind: z.enum(ENTRY_KINDS),
  who: text(WHO_LIMIT),
  text: text(ENTRY_TEXT_LIMIT),
  way: z.enum(WAYS).nullable(),
  happenedAt: moment,
  dueAt: moment,
  call: id.nullable(),
});

const message = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.int(),
    client: opId,
    position: position.nullable(),
    room: id.nullable().optional(),
  }),
  z.strictObject({
    type: z.literal('patch'),
    opId,
    record: id,
    field,
    base: position,
    value: fieldText,
  }),
  z.strictObject({ type: z.literal('set-aside'), opId, record: id, field, value: fieldText }),
  z.strictObject({ type: z.literal('hold'), record: id, field, text: fieldText }),
  z.strictObject({ type: z.literal('release'), record: id, field }),
  z.strictObject({ type: z.literal('take-over'), record: id, field }),
  z.strictObject({ type: z.literal('register'), opId, record: id }),
  z.strictObject({ type: z.literal('correct'), opId, record: id, field, value: fieldText, reason }),
  z.strictObject({
    type: z.literal('mark-no-record'),
    opId,
    record: id,
    reason: z.enum(NO_RECORD_REASONS),
  }),
  z.strictObject({ type: z.literal('void'), opId, record: id, reason }),
  z.strictObject({ type: z.literal('reopen'), opId, record: id }),
  z.strictObject({ type: z.literal('add-entry'), opId, record: id, entry: uuid, draft }),
  z.strictObject({ type: z.literal('confirm-entry'), opId, record: id, entry: uuid }),
  z.strictObject({ type: z.literal('withdraw-entry'), opId, record: id, entry: uuid, reason }),
  z.strictObject({ type: z.literal('archive'), opId, record: id, archived: z.boolean() }),
  z.strictObject({ type: z.literal('link'), opId, record: id, to: id.nullable() }),
  z.strictObject({ type: z.literal('merge'), opId, record: id, into: id }),
  z.strictObject({ type: z.literal('claim-callback'), opId, call: id }),
  z.strictObject({ type: z.literal('give-up-callback'), opId, call: id, reason }),
  z.strictObject({
    type: z.literal('add-note'),
    opId,
    call: id,
    note: uuid,
    moment: z.int().min(0).max(8.64e15),
    text: text(NOTE_LIMIT),
  }),
  z.strictObject({ type: z.literal('strike-note'), opId, call: id, note: uuid }),
  z.strictObject({ type: z.literal('open-by-hand'), opId, record: id }),
  z.strictObject({ type: z.literal('take-seat'), opId, seat: id }),
  z.strictObject({ type: z.literal('change-person'), opId, person: id, pin: z.string().max(16) }),
  z.strictObject({ type: z.literal('simulate-call'), opId, story: id }),
  z.strictObject({ type: z.literal('ping'), at: z.number() }),
]);

/** Every message there is: none may be without a row in the table of access (test/web/access-table.ts). */
export const MESSAGE_TYPES: readonly ClientMessage['type'][] = message.options.map(
  (option) => option.shape.type.value,
);

const loginBody = z.strictObject({
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(512),
  totp: z.string().max(16).nullable().optional(),
});

/** What the log-in form sends; null when it has another form. */
export function parseLoginBody(
  body: unknown,
): { readonly login: string; readonly password: string; readonly totp: string | null } | null {
  const parsed = loginBody.safeParse(body);
  return parsed.success ? { ...parsed.data, totp: parsed.data.totp ?? null } : null;
}

export type Parsed =
  | { readonly ok: true; readonly message: ClientMessage }
  /** `opId` when it could be read, so that the page can show the refusal where it belongs. */
  | { readonly ok: false; readonly opId: string | null; readonly refusal: Refusal };

/** One text frame. Refuses with `frame-too-large`, `not-json`, `unknown-message`, `text-too-long` or `bad-message`. */
export function parseClientMessage(frame: Buffer): Parsed {
  if (frame.length > LARGEST_FRAME) return refused(null, TOO_LARGE);
  const json = parseJson(frame);
  if (json === undefined) return refused(null, NOT_JSON);
  const parsed = message.safeParse(json);
  if (parsed.success) return { ok: true, message: cleaned(parsed.data) };
  return refused(readOpId(json), refusalFor(parsed.error, json));
}

function parseJson(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString('utf8'));
  } catch {
    // Not JSON: the caller refuses it by name.
    return undefined;
  }
}

/** Field texts may hold anything a person can type but NUL, which PostgreSQL cannot store, and lone surrogates. */
function text(longest: number) {
  return z
    .string()
    .max(longest * 2)
    .refine((value) => [...value].length <= longest, { params: { code: 'text-too-long' } });
}

function cleaned(parsed: z.infer<typeof message>): ClientMessage {
  switch (parsed.type) {
    case 'patch':
    case 'set-aside':
      return { ...parsed, value: storable(parsed.value) };
    case 'correct':
      return { ...parsed, value: storable(parsed.value), reason: storable(parsed.reason) };
    case 'void':
    case 'withdraw-entry':
    case 'give-up-callback':
      return { ...parsed, reason: storable(parsed.reason) };
    case 'add-entry': {
      const { who, text: said } = parsed.draft;
      return { ...parsed, draft: { ...parsed.draft, who: storable(who), text: storable(said) } };
    }
    case 'hold':
    case 'add-note':
      return { ...parsed, text: storable(parsed.text) };
    case 'hello':
      return { ...parsed, room: parsed.room ?? null };
    default:
      return parsed;
  }
}

function storable(value: string): string {
  return value.replaceAll('\u0000', '').toWellFormed();
}

function readOpId(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('opId' in json)) return null;
  const read = opId.safeParse(json.opId);
  return read.success ? read.data : null;
}

function refusalFor(error: z.ZodError, json: unknown): Refusal {
  if (!isKnownType(json)) return UNKNOWN_MESSAGE;
  const tooLong = error.issues.some(
    (issue) =>
      (issue.code === 'too_big' && issue.origin === 'string') ||
      (issue.code === 'custom' && issue.params?.code === 'text-too-long'),
  );
  return tooLong ? TOO_LONG : BAD_MESSAGE;
}

function isKnownType(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('type' in json)) return false;
  return message.options.some((option) => option.shape.type.value === json.type);
}

function refused(about: string | null, refusal: Refusal): Parsed {
  return { ok: false, opId: about, refusal };
}

const TOO_LARGE: Refusal = {
  code: 'frame-too-large',
  zh: '内容过长，未保存。请缩短后再试。',
  en: 'The message is too large and was not kept. Shorten it.',
};
const NOT_JSON: Refusal = {
  code: 'not-json',
  zh: '页面发来的内容无法识别，请刷新页面。',
  en: 'The message is not JSON. Reload the page.',
};
const UNKNOWN_MESSAGE: Refusal = {
  code: 'unknown-message',
  zh: '页面与服务版本不一致，请刷新页面。',
  en: 'The service does not know this message. Reload the page.',
};
const BAD_MESSAGE: Refusal = {
  code: 'bad-message',
  zh: '内容格式不对，未保存。请刷新页面后再试。',
  en: 'The message has a wrong form and was not kept. Reload the page.',
};
const TOO_LONG: Refusal = {
  code: 'text-too-long',
  zh: '文字超过本栏字数上限，未保存。请缩短。',
  en: 'The text is above the limit of this field and was not kept. Shorten it.',
};
