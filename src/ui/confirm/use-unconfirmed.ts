/** Reads what waits for confirmation, again whenever a record changes. */
import { useCallback, useEffect, useState } from 'react';
import type { CallView } from '../../web/protocol/call-view.ts';
import type { RecordView } from '../../web/protocol/record-view.ts';
import { useDeskState } from '../use-desk.tsx';
import { type Unconfirmed, unconfirmed } from './unconfirmed.ts';

const QUIET_MS = 200;

export function useUnconfirmed(): {
  /** Null before the first answer. */
  readonly items: readonly Unconfirmed[] | null;
  readonly failed: boolean;
  readonly reload: () => void;
} {
  const records = useDeskState((state) => state.records);
  const [items, setItems] = useState<readonly Unconfirmed[] | null>(null);
  const [failed, setFailed] = useState(false);
  const reload = useCallback(() => {
    void read().then((found) => {
      setFailed(found === null);
      if (found !== null) setItems(found);
    });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a record that changed may be one of them.
  useEffect(() => {
    const soon = setTimeout(reload, QUIET_MS);
    return () => clearTimeout(soon);
  }, [reload, records]);
  return { items, failed, reload };
}

async function read(): Promise<readonly Unconfirmed[] | null> {
  try {
    const answer = await fetch('/api/instructions', { cache: 'no-store' });
    if (!answer.ok) return null;
    const { records, calls } = (await answer.json()) as {
      readonly records: readonly RecordView[];
      readonly calls: readonly CallView[];
    };
    return unconfirmed(records, calls);
  } catch {
    return null;
  }
}
