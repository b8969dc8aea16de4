/** What was asked of the service about one call: still under way, or refused and why. */
import type { Refusal } from '../records/command.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

export function useCallCommands(call: string): {
  readonly pending: boolean;
  readonly refusal: Refusal | null;
  /** Forgets what was refused. */
  readonly dismiss: () => void;
} {
  const { store } = useDesk();
  const commands = useDeskState((state) => state.commands);
  const own = [...commands.values()].filter(({ message }) => 'call' in message && message.call === call);
  return {
    pending: own.some(({ refusal }) => refusal === null),
    refusal: own.find(({ refusal }) => refusal !== null)?.refusal ?? null,
    dismiss: () => {
      for (const { message, refusal } of own)
        if (refusal !== null) store.dispatch({ type: 'dismiss-command', opId: message.opId });
    },
  };
}
