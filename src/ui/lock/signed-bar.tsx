/** After unlocking: where that went which was written before. */
import type { ReactElement } from 'react';
import { Bar } from '../bar.tsx';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { words } from '../words.ts';
import { lockWords as say } from './lock-words.ts';

export function SignedBar(): ReactElement | null {
  const { store } = useDesk();
  const signed = useDeskState((state) => state.signed);
  const [first] = signed;
  if (first === undefined) return null;
  function look(): void {
    const { call, record } = signed[0] ?? { call: null, record: null };
    const kind = call === null ? 'record' : 'call';
    const id = call ?? record;
    if (id !== null) store.dispatch({ type: 'select', selected: { kind, id } });
    store.dispatch({ type: 'dismiss-signed' });
  }
  return (
    <Bar tone="green" action={[words.bars.show, look]}>
      {say.signed[first.as]}
      {signed.length > 1 && say.signedMore(signed.length - 1)}
    </Bar>
  );
}
