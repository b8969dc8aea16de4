/** Each call of a duty line is looked at while it is written: what it shows by itself becomes a finding in the same transaction. */
import type { CallFact } from '../calls/fact.ts';
import { mayStillChange, suspicionsOfCall } from '../diagnosis/live-rules.ts';
import { TOPIC_OF } from '../diagnosis/suspicion.ts';
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { CallEntry } from './call-row.ts';
import { type Desk, noteChange } from './desk.ts';
import { keepCheck } from './line-checks.ts';
import { writeSuspicion } from './write-suspicion.ts';

/** Facts that can add a suspicion, or end the call. */
const TELLING: ReadonlySet<CallFact['kind']> = new Set([
  'call-left-premises',
  'pre-answer-audio-heard',
  'diversion-read',
  'leg-rang',
  'leg-answered',
  'leg-dial-ended',
  'call-ended',
  'call-lost-from-sight',
]);

export async function watchCall(desk: Desk, entry: CallEntry, fact: CallFact): Promise<void> {
  const { call, room, offsetMs } = entry;
  if (call.line === null || !TELLING.has(fact.kind)) return;
  const at = fact.at - offsetMs;
  const suspicions = suspicionsOfCall(call, desk.rules.watch);
  for (const suspicion of suspicions.filter((one) => !mayStillChange(call, one)))
    await writeSuspicion(desk, suspicion, { line: call.line, room, call: entry.id, probe: null, at });
  const ended = fact.kind === 'call-ended' && call.direction === 'inbound' && call.begin === 'live';
  if (!ended || entry.joinedTo !== null) return;
  const suspect = suspicions.some((one) => TOPIC_OF[one.kind] === 'forwarding');
  const rang = call.legs.some((leg) => leg.role === 'duty-phone' && leg.rangAt !== null);
  if (!suspect && !rang) return;
  const look: LineCheck = {
    ...{ topic: 'forwarding', scope: 'always', source: 'call', at, why: null },
    result: suspect ? 'suspect' : 'clean',
  };
  if ((await keepCheck(desk, call.line, look)) && room !== null) noteChange(desk, 'room', room, room);
}
