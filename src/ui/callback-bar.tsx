/** A call that waits too long for a call back: one bar on every seat, red for who leads the shift once he was told. */
import type { ReactElement } from 'react';
import { Bar } from './bar.tsx';
import { callbackWords } from './callback-words.ts';
import { toldCallbacks } from './callbacks.ts';
import { OutsideText, Who } from './outside-text.tsx';
import { saidNumber } from './saying.ts';
import { useDeskState, useServerNow } from './use-desk.tsx';

const LOOK_MS = 5_000;

export function CallbackBar(props: { readonly onOpen: (call: string) => void }): ReactElement | null {
  const calls = useDeskState((state) => state.calls);
  const records = useDeskState((state) => state.records);
  const role = useDeskState((state) => state.me?.role ?? null);
  const told = toldCallbacks(calls.values(), useServerNow(LOOK_MS));
  const [first] = told;
  if (first === undefined) return null;
  const { call, minutes, leader } = first;
  const record = call.record === null ? null : (records.get(call.record) ?? null);
  const named = call.caller.unit !== null || call.caller.person !== null;
  const claimedBy = call.callback?.claimedBy ?? null;
  return (
    <Bar
      tone={leader && role === 'leader' ? 'red' : 'red-soft'}
      action={[callbackWords.open, () => props.onOpen(call.id)]}
    >
      {callbackWords.bar(minutes)}
      <OutsideText text={saidNumber(call, record)} /> {named && <Who call={call} record={record} />}。
      {claimedBy !== null && callbackWords.claimed(claimedBy)}
      {leader && callbackWords.told[2]}
      {told.length > 1 && callbackWords.more(told.length - 1)}
    </Bar>
  );
}
