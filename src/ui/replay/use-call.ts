/** The call that is replayed: read when it is chosen, and again when anything of it changed, what was shown staying meanwhile. */
import { useEffect, useState } from 'react';
import { useDeskState } from '../use-desk.tsx';
import { type CallAnswer, readCall } from './replay-api.ts';

export type CallShown = CallAnswer | { readonly kind: 'none' | 'loading' };

/** Rushing through the list asks for none of the calls passed by. */
const PAUSE_MS = 150;

/** `round` asks once more when it changes. */
export function useCall(id: string | null, round: number): CallShown {
  const [shown, setShown] = useState<CallShown>({ kind: 'none' });
  // What the socket tells of a call of this room (a note, its sound, 隔离); of other rooms nothing is told.
  const told = useDeskState((state) => (id === null ? undefined : state.calls.get(id)));
  // Own notes of calls of other rooms: the answer to the command is what tells.
  const asked = useDeskState((state) => commandsOf(state.commands, id));

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them says that something is new.
  useEffect(() => {
    if (id === null) {
      setShown({ kind: 'none' });
      return;
    }
    setShown((before) => (before.kind === 'call' && before.call.id === id ? before : { kind: 'loading' }));
    const stopped = new AbortController();
    const timer = setTimeout(() => {
      void readCall(id, stopped.signal).then((answer) => {
        if (!stopped.signal.aborted) setShown(answer);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [id, told, asked, round]);
  return shown;
}

/** How many commands about the call are on their way. */
function commandsOf(
  commands: ReadonlyMap<string, { readonly message: object }>,
  call: string | null,
): number {
  return [...commands.values()].filter(({ message }) => 'call' in message && message.call === call).length;
}
