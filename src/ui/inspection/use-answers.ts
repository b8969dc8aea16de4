/**
 * What an inspector writes, saved item by item. A text that the service refused stays on the page; one that somebody else
 * changed meanwhile is read again, and saved over what was seen then.
 */
import { useRef, useState } from 'react';
import type { ItemSaid } from '../../duty/inspection.ts';
import type { ItemCode } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { send } from './inspection-api.ts';

export interface Answers {
  /** As it stands on the page, saved or not. */
  readonly of: (code: ItemCode) => ItemSaid;
  readonly edit: (code: ItemCode, change: Partial<ItemSaid>) => void;
  /** With a change it is edited and saved at once. */
  readonly save: (code: ItemCode, change?: Partial<ItemSaid>) => void;
  readonly state: 'idle' | 'saving' | 'saved';
  /** Why the last one was not saved, in Chinese. */
  readonly refused: string | null;
}

type Drafts = Readonly<Partial<Record<ItemCode, ItemSaid>>>;

export function useAnswers(view: InspectionPageView | null, reload: () => void): Answers {
  const [drafts, setDrafts] = useState<Drafts>({});
  const latest = useRef<Drafts>({});
  const [state, setState] = useState<Answers['state']>('idle');
  const [refused, setRefused] = useState<string | null>(null);
  /** Revisions that own saving has made, ahead of what was read. */
  const bases = useRef<Partial<Record<ItemCode, number>>>({});
  const saved = useRef<Drafts>({});
  const queue = useRef<Promise<void>>(Promise.resolve());
  const kept = view?.inspection.answers;

  const of = (code: ItemCode): ItemSaid =>
    drafts[code] ?? kept?.[code] ?? { situation: '', verdict: null, mendBy: null };

  function edit(code: ItemCode, change: Partial<ItemSaid>): void {
    latest.current = { ...latest.current, [code]: { ...of(code), ...latest.current[code], ...change } };
    setDrafts(latest.current);
  }

  function save(code: ItemCode, change: Partial<ItemSaid> = {}): void {
    if (Object.keys(change).length > 0) edit(code, change);
    queue.current = queue.current.then(() => write(code));
  }

  async function write(code: ItemCode): Promise<void> {
    const draft = latest.current[code];
    const before = saved.current[code] ?? kept?.[code];
    if (view === null || draft === undefined || (before !== undefined && isSame(draft, before))) return;
    setState('saving');
    const base = bases.current[code] ?? kept?.[code].revision ?? 0;
    const { situation, verdict, mendBy } = draft;
    const path = `/api/inspections/${encodeURIComponent(view.inspection.id)}/items`;
    const answer = await send(path, { item: code, base, situation, verdict, mendBy });
    setRefused(answer);
    setState(answer === null ? 'saved' : 'idle');
    if (answer === null) {
      bases.current[code] = base + 1;
      saved.current = { ...saved.current, [code]: draft };
    } else {
      delete bases.current[code];
    }
    reload();
  }
  return { of, edit, save, state, refused };
}

function isSame(one: ItemSaid, other: ItemSaid): boolean {
  return one.situation === other.situation && one.verdict === other.verdict && one.mendBy === other.mendBy;
}
