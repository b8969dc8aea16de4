/** Opens what is not of today: a record found by searching, the earlier matter of a caller. */
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { DeskStore } from './desk-store.ts';

interface Found {
  readonly record: RecordView | null;
  readonly call: CallView | null;
}

/** Brings a record or a call of any day onto the desk. False when there is none, or it is not for this person. */
export async function lookUp(store: DeskStore, kind: 'record' | 'call', id: string): Promise<boolean> {
  try {
    const answer = await fetch(`/api/${kind}s/${encodeURIComponent(id)}`, { cache: 'no-store' });
    if (!answer.ok) return false;
    const { record, call } = (await answer.json()) as Found;
    store.dispatch({ type: 'looked-up', record, call });
    return true;
  } catch {
    return false;
  }
}
