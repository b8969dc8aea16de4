/**
 * Actions that wait for their answer: each under an ActionID nobody can guess, so that no caller can forge an answer, and
 * none for longer than its time or the connection.
 */
import { randomBytes } from 'node:crypto';
import { type Answer, failed, type Trouble, type TroubleCode } from '../trouble.ts';
import { whenLate } from '../when-late.ts';
import type { AmiPacket } from './action.ts';

/** The answer to one action: its response, and the events of a list in their order. */
export interface AmiReply {
  readonly response: AmiPacket;
  readonly events: readonly AmiPacket[];
}

/** Which packet ends an answer: its response, or the event of a list that says `EventList: Complete`. */
export type Until = 'response' | 'complete';

export interface PendingActions {
  /**
   * Waits for the answer to what `send` sends under the ActionID it is given. `name` is told when none comes in time.
   * With `limits` a long list may take longer and hold more; one that holds more still is no answer.
   */
  ask(name: string, until: Until, send: (id: string) => void, limits?: ListLimits): Promise<Answer<AmiReply>>;
  /** Takes a packet that may be part of an answer. */
  hear(packet: AmiPacket): void;
  /** The connection is lost: so is every answer. */
  fail(): void;
}

/** What the answer to one long list may take. */
export interface ListLimits {
  readonly mostEvents: number;
  readonly withinMs: number;
}

/** Nothing else we ask for answers with more: beyond it the answer is not believed. */
const MOST_EVENTS = 20_000;

interface Waiting {
  readonly name: string;
  readonly until: Until;
  readonly limits: ListLimits | undefined;
  readonly answer: (answer: Answer<AmiReply>) => void;
  response: AmiPacket | null;
  readonly events: AmiPacket[];
  readonly inTime: () => void;
}

/** Makes the list of actions of one session, empty. */
export function createPendingActions(answerWithinMs: number): PendingActions {
  const waiting = new Map<string, Waiting>();

  function forget(id: string, asked: Waiting): void {
    waiting.delete(id);
    asked.inTime();
  }

  return {
    ask(name, until, send, limits) {
      const id = `dutyline-${randomBytes(16).toString('hex')}`;
      return new Promise((answer) => {
        const inTime = whenLate(limits?.withinMs ?? answerWithinMs, () => {
          waiting.delete(id);
          answer(failed('ami-no-answer', name));
        });
        waiting.set(id, { name, until, limits, answer, response: null, events: [], inTime });
        send(id);
      });
    },
    hear(packet) {
      const id = packet.get('actionid');
      const asked = id === undefined ? undefined : waiting.get(id);
      if (id === undefined || asked === undefined) return;
      if (packet.has('response')) asked.response ??= packet;
      else if (asked.events.length < (asked.limits?.mostEvents ?? MOST_EVENTS)) asked.events.push(packet);
      else if (asked.limits !== undefined && !isWhole(asked, packet)) {
        forget(id, asked);
        asked.answer(failed('ami-answer-too-long', asked.name));
        return;
      }
      const refused = asked.response !== null && asked.response.get('response') === 'Error';
      if (!refused && !isWhole(asked, packet)) return;
      forget(id, asked);
      const response = asked.response ?? packet;
      asked.answer(refused ? refusalOf(response) : { ok: true, value: { response, events: asked.events } });
    },
    fail() {
      for (const [id, asked] of waiting) {
        forget(id, asked);
        asked.answer(failed('ami-connection-lost'));
      }
    },
  };
}

function isWhole(asked: Waiting, packet: AmiPacket): boolean {
  if (asked.response === null) return false;
  if (asked.until === 'response') return true;
  return packet.get('eventlist')?.toLowerCase() === 'complete';
}

function refusalOf(response: AmiPacket): { readonly ok: false; readonly trouble: Trouble } {
  const said = response.get('message') ?? '';
  const code: TroubleCode = /permission denied|forbidden/i.test(said)
    ? 'ami-missing-privilege'
    : 'ami-refused';
  return failed(code, said);
}
