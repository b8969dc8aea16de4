/** 打印 beside the form, and 一览 beside the list. */
import type { ReactElement } from 'react';
import type { RecordView } from '../web/protocol/record-view.ts';
import { day } from './format.ts';
import { PaperMenu } from './paper-menu.tsx';
import { paperWords } from './paper-words.ts';
import { hasUnsent } from './unsent.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

/**
 * 电话记录单 comes from the service, which writes into the audit trail that it was printed. While the network is down, or what
 * was typed is not there yet, the page prints its own sheet: paper is what an office falls back on, and it must show
 * every word that stands on the screen.
 */
export function RecordPapers(props: {
  readonly record: RecordView;
  /** Its own sheet is in the page, and can be printed without the service. */
  readonly hasSheet: boolean;
}): ReactElement {
  const { record } = props;
  const online = useDeskState((state) => state.link.state === 'open');
  const isBehind = useDeskState((state) => hasUnsent(state.unsent, record.id));
  const { button, seed, seedByKey, full, column, seedWord, fullWord } = paperWords.record;
  const url = (rest: string) => `/api/papers/records?ids=${encodeURIComponent(record.id)}&${rest}`;
  return (
    <PaperMenu
      button={button}
      label={button}
      online={online}
      choices={[
        {
          word: props.hasSheet ? seedByKey : seed,
          kind: 'print',
          url: url('form=seed'),
          alone: (online && !isBehind) || !props.hasSheet ? null : () => window.print(),
        },
        { word: full, kind: 'print', url: url('form=full'), alone: null },
        { word: column, kind: 'print', url: url('form=full&column=blank'), alone: null },
        { word: seedWord, kind: 'file', url: url('form=seed&format=docx'), alone: null },
        { word: fullWord, kind: 'file', url: url('form=full&format=docx'), alone: null },
      ]}
    />
  );
}

export function DayPapers(): ReactElement | null {
  const { store } = useDesk();
  const online = useDeskState((state) => state.link.state === 'open');
  const room = useDeskState((state) => state.room?.id ?? null);
  if (room === null) return null;
  const { button, label, print, word, excel, blank } = paperWords.day;
  const today = `room=${encodeURIComponent(room)}&date=${day(store.now())}`;
  const url = (format: string) => `/api/papers/day?${today}&format=${format}`;
  return (
    <PaperMenu
      button={button}
      label={label}
      online={online}
      choices={[
        { word: print, kind: 'print', url: url('html'), alone: null },
        { word, kind: 'file', url: url('docx'), alone: null },
        { word: excel, kind: 'file', url: url('xlsx'), alone: null },
        {
          word: blank,
          kind: 'print',
          url: `/api/papers/blank?room=${encodeURIComponent(room)}&copies=10`,
          alone: null,
        },
      ]}
    />
  );
}
