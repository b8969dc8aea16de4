/**
 * What an inspector writes, saved item by item. A text that the service refused stays on the page; one that somebody else
 * changed meanwhile is read again, and saved over what was seen then.
 */
import { useRef, useState } from 'react';
import { type ItemSaid, NOTHING_SAID } from '../../duty/inspection.ts';
import type { ItemCode } from '../../duty/inspection-items.ts';
import type { InspectionPageView } from '../../duty/inspection-view.ts';
import { type AnswerDrafts, editedAnswer, isUnsaved, savedAnswer, shownAnswer } from './answer-drafts.ts';
import { send } from './inspection-api.ts';

export interface Answers {
  /** As it stands on the page, saved or not; of a signed table as it was signed. */
  readonly of: (code: ItemCode) => ItemSaid;
  readonly edit: (code: ItemCode, change: Partial<ItemSaid>) => void;
  /** With a change it is edited and saved at once. */
  readonly save: (code: ItemCode, change?: Partial<ItemSaid>) => void;
  readonly state: 'idle' | 'saving' | 'saved';
  /** Why the last one was not saved, in Chinese. */
  readonly refused: string | null;
}

export function useAnswers(view: InspectionPageView | null, reload: () => void): Answers {
  const [drafts, setDrafts] = useState<AnswerDrafts>({});
  const latest = useRef<AnswerDrafts>({});
  const [state, setState] = useState<Answers['state']>('idle');
  const [refused, setRefused] = useState<string | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const keptOf = (code: ItemCode) => view?.inspection.answers[code] ?? NOTHING_SAID;
  const isSigned = view !== null && view.inspection.inspector !== null;

  function put(code: ItemCode, draft: AnswerDrafts[ItemCode]): void {
    latest.current = { ...latest.current, [code]: draft };
    setDrafts(latest.current);
  }

  function edit(code: ItemCode, change: Partial<ItemSaid>): void {
    put(code, editedAnswer(latest.current[code], keptOf(code), change));
  }

  function save(code: ItemCode, change: Partial<ItemSaid> = {}): void {
    if (Object.keys(change).length > 0) edit(code, change);
    queue.current = queue.current.then(() => write(code));
  }

  async function write(code: ItemCode): Promise<void> {
    const draft = latest.current[code];
    const kept = keptOf(code);
    if (view === null || !isUnsaved(draft, kept)) return;
    setState('saving');
    const base = draft.base ?? kept.revision;
    const { situation, verdict, mendBy } = draft;
    const path = `/api/inspections/${encodeURIComponent(view.inspection.id)}/items`;
    const answer = await send(path, { item: code, base, situation, verdict, mendBy });
    setRefused(answer);
    setState(answer === null ? 'saved' : 'idle');
    const now = latest.current[code] ?? draft;
    put(code, answer === null ? savedAnswer(now, draft, base) : { ...now, base: null });
    reload();
  }
  const of = (code: ItemCode): ItemSaid =>
    isSigned ? keptOf(code) : shownAnswer(drafts[code], keptOf(code));
  return { of, edit, save, state, refused };
}
