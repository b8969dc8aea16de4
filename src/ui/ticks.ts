/** Ticked 要素 of a record: a note to oneself, kept in this browser for the session and never sent. */
import { useState } from 'react';

const KEY = 'dutyline.ticks.';

export function useTicks(record: string): {
  readonly ticked: ReadonlySet<string>;
  readonly toggle: (name: string) => void;
} {
  const [all, setAll] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const ticked = all.get(record) ?? stored(record);
  return {
    ticked,
    toggle: (name) => {
      const next = new Set(ticked);
      if (!next.delete(name)) next.add(name);
      sessionStorage.setItem(KEY + record, [...next].join(','));
      setAll(new Map(all).set(record, next));
    },
  };
}

function stored(record: string): ReadonlySet<string> {
  const text = sessionStorage.getItem(KEY + record);
  return new Set(text === null || text === '' ? [] : text.split(','));
}
