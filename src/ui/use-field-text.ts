/**
 * The text of one field under the officer's hands. The element owns its text (it is not a controlled input): React never
 * writes into it while an input method composes, and only when what should stand there differs. That keeps the caret, the
 * undo history and the candidate window of Chinese input methods.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { FieldName } from '../records/field.ts';
import type { HoldView, RecordView } from '../web/protocol/record-view.ts';
import { afterRendering, editOf, type Hand, shownText } from './field-hand.ts';
import { fieldKey, type UnsentText } from './unsent.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

/** Others see live text at most this often. */
const HOLD_EVERY_MS = 300;

type TextElement = HTMLInputElement | HTMLTextAreaElement;

export interface FieldText<Element extends TextElement> {
  readonly element: RefObject<Element | null>;
  /** What should stand in the field. */
  readonly shown: string;
  readonly unsent: UnsentText | null;
  /** Somebody else writes here now. */
  readonly hold: HoldView | null;
  readonly takenOverBy: string | null;
  /** Writes as if it had been typed. */
  readonly write: (value: string) => void;
  readonly handlers: {
    readonly onInput: () => void;
    readonly onCompositionStart: () => void;
    readonly onCompositionEnd: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

export function useFieldText<Element extends TextElement>(
  record: RecordView,
  field: FieldName,
): FieldText<Element> {
  const { store } = useDesk();
  const key = fieldKey(record.id, field);
  const entry = useDeskState((state) => state.unsent.get(key));
  const hold = useDeskState((state) => state.holds.get(key)) ?? null;
  const takenOverBy = useDeskState((state) => state.takenOver.get(key)) ?? null;
  const element = useRef<Element>(null);
  const hand = useRef<Hand>({ seen: record.fields[field].version, composing: false });
  const telling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const unsent = entry?.kind === 'text' ? entry : null;
  const shown = shownText(unsent, hold, record.fields[field]);

  useLayoutEffect(() => {
    const input = element.current;
    hand.current = afterRendering(hand.current, record.fields[field]);
    if (hand.current.composing || input === null || input.value === shown) return;
    const { selectionStart, selectionEnd } = input;
    input.value = shown;
    if (document.activeElement === input) input.setSelectionRange(selectionStart, selectionEnd);
  });

  const tell = useCallback(() => {
    clearTimeout(telling.current);
    telling.current = setTimeout(() => {
      const input = element.current;
      if (input !== null && document.activeElement === input && !hand.current.composing)
        store.hold(record.id, field, input.value);
    }, HOLD_EVERY_MS);
  }, [store, record.id, field]);
  useEffect(() => () => clearTimeout(telling.current), []);

  const take = (): void => {
    const input = element.current;
    if (input === null) return;
    const edit = editOf(hand.current, input.value, input.readOnly);
    if (edit === null) return;
    store.type(record.id, field, edit.value, edit.base);
    tell();
  };

  return {
    element,
    shown,
    unsent,
    hold,
    takenOverBy,
    write: (value) => {
      if (element.current !== null) element.current.value = value;
      store.type(record.id, field, value, hand.current.seen);
      tell();
    },
    handlers: {
      onInput: take,
      onCompositionStart: () => {
        hand.current = { ...hand.current, composing: true };
      },
      onCompositionEnd: () => {
        hand.current = { ...hand.current, composing: false };
        take();
      },
      onFocus: () => {
        store.dispatch({ type: 'writing', key });
        const input = element.current;
        if (input !== null && !input.readOnly) store.hold(record.id, field, input.value);
      },
      onBlur: () => {
        clearTimeout(telling.current);
        // An input method that is torn away by a click sends no compositionend in some builds.
        if (hand.current.composing) {
          hand.current = { ...hand.current, composing: false };
          take();
        }
        store.flush();
        store.release(record.id, field);
        store.dispatch({ type: 'writing', key: null });
      },
    },
  };
}
