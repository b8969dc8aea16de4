/** What went over the wires of one form: told by the sockets, not by the page's code, so that the judge need not believe it. */
import type { ClientMessage } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';

export type Patch = Extract<ClientMessage, { type: 'patch' }>;

export interface Answered {
  readonly opId: string;
  readonly version: number;
}

export interface Wire {
  /** By opId, as first sent. */
  readonly patches: Map<string, Patch & { readonly machine: string }>;
  /** Every answer `accepted` to a patch that a page took in. */
  readonly accepted: Answered[];
  /** Patches answered by `conflict`; whether both texts then stood on that page, or were the same text. */
  readonly conflicts: Map<string, 'shown' | 'same-text' | 'hidden'>;
  readonly refused: { readonly opId: string | null; readonly code: string }[];
  sent(machine: string, message: ClientMessage): void;
  heard(message: ServerMessage): void;
}

export function createWire(): Wire {
  const patches: Wire['patches'] = new Map();
  const accepted: Answered[] = [];
  const refused: Wire['refused'] = [];
  return {
    patches,
    accepted,
    conflicts: new Map(),
    refused,
    sent: (machine, message) => {
      if (message.type !== 'patch') return;
      const before = patches.get(message.opId);
      if (before === undefined) patches.set(message.opId, { ...message, machine });
      else if (before.value !== message.value || before.base !== message.base)
        throw new Error(`opId ${message.opId} was used for two patches`);
    },
    heard: (message) => {
      if (message.type === 'accepted' && message.version !== null)
        accepted.push({ opId: message.opId, version: message.version });
      if (message.type === 'refused') refused.push({ opId: message.opId, code: message.refusal.code });
    },
  };
}
