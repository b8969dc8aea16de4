/** Queues: the caller waits, gives up or is taken. Losers of a queue are no missed calls; QueueCallerAbandon is one. */
import type { QueueCaller } from './channel-event.ts';
import type { Channel } from './state.ts';
import { type Turn, tell } from './turn.ts';

export function onQueue(turn: Turn, event: QueueCaller, channel: Channel): void {
  const { uniqueid, track } = channel;
  const { queue } = track.call;
  switch (event.type) {
    case 'QueueCallerJoin':
      if (queue !== 'waiting') tell(turn, track, { kind: 'queue-entered', uniqueid });
      return;
    case 'QueueCallerAbandon':
      if (queue !== 'abandoned') tell(turn, track, { kind: 'queue-abandoned', uniqueid });
      return;
    case 'QueueCallerLeave':
      if (queue === 'waiting') tell(turn, track, { kind: 'queue-left', uniqueid });
      return;
  }
}
