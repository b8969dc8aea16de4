/** How a caller, a call and a record are named on the page. Pure. */
import type { CallView, CourseStep } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { RoomView } from '../web/protocol/room-view.ts';
import { isolated, rawNumber } from './bidi.ts';
import { duration, grouped } from './format.ts';
import { words } from './words.ts';

/** The far end's number for reading: grouped, or why there is none. What was dialled has an access code, the record has not. */
export function saidNumber(call: CallView, record: RecordView | null = null): string {
  if (call.direction === 'outbound') return record?.fields.callerNumber.value || grouped(call.dialled);
  if (isUnreadable(call)) return words.numberUnreadable;
  return call.caller.shown ?? words.numberHidden;
}

/** Forged so that not even the caller's number is known. */
export function isUnreadable(call: CallView): boolean {
  return call.tampered && call.caller.number === null;
}

/** What form and facts say of a forged call. */
export function saidForgery(call: CallView): string {
  return isUnreadable(call) ? words.numberForged : words.numberDoubtful;
}

/** Unit and person as the form has them, else as the directory knows them; '' where neither does, or nobody would say. */
export function callerOf(
  call: CallView,
  record: RecordView | null,
): { readonly unit: string; readonly person: string } {
  return {
    unit: told(record?.fields.callerUnit.value) || call.caller.unit || '',
    person: told(record?.fields.callerName.value) || call.caller.person || '',
  };
}

/** 未说明 names nobody: the number says more. */
function told(value: string | undefined): string {
  return value === undefined || value === words.notSaid ? '' : value;
}

/** `市应急管理局（张某）`, a part of it, or '', for a place without elements. */
export function callerInTitle(call: CallView): string {
  const { unit, person } = callerOf(call, null);
  const said = isolated(unit) || isolated(person);
  return unit === '' || person === '' ? said : `${said}（${isolated(person)}）`;
}

/** How long it rang before an answer or its end, ms; null when it never rang. */
export function ringMs(call: CallView): number | null {
  const from = call.ringingAt ?? call.startedAt;
  const to = call.answeredAt ?? call.endedAt;
  return to === null ? null : to - from;
}

/** `响 9 秒` of a caller nobody answered, `3 分 12 秒` of a talk. */
export function saidLength(call: CallView): string {
  if (call.answeredAt !== null && call.endedAt !== null) return duration(call.endedAt - call.answeredAt);
  const rang = ringMs(call);
  return call.phase === 'ended' && rang !== null ? words.list.rang(duration(rang)) : '';
}

/** The seat whose phone it is, else the endpoint without its technology. */
function saidPhone(endpoint: string, room: RoomView | null): string {
  const seat = room?.seats.find((candidate) => candidate.phone === endpoint);
  return seat?.name ?? endpoint.replace(/^[^/]+\//, '');
}

/** Who answered: a seat or phone of the room, the far end, or somebody outside to whom the call went on. */
export function saidAnswerer(call: CallView, room: RoomView | null): string {
  const { answeredBy } = call;
  if (call.direction === 'outbound' || answeredBy === null) return words.strip.farEnd;
  const ours = [...(room?.lines ?? []).flatMap(({ phones }) => phones)].includes(answeredBy);
  return call.leftPremises && !ours ? words.strip.outside : saidPhone(answeredBy, room);
}

/** What a step of 通话经过 is about: the phones, numbers and sounds it names, each once. */
export function saidStep(step: CourseStep, room: RoomView | null): readonly string[] {
  const { endpoint, number, to, from, audio, phone } = step.detail;
  const place = phone ?? endpoint;
  const parts: string[] = [];
  if (typeof place === 'string' && place !== '') parts.push(saidPhone(place, room));
  for (const value of [number, to, from])
    if (typeof value === 'string' && value !== '') parts.push(rawNumber(value));
  if (typeof audio === 'string') parts.push(words.heardBefore[audio] ?? '');
  return [...new Set(parts)].filter((part) => part !== '');
}
