/** 关联前次 and 并入: which other record, by digit; those of the same number stand first. */
import type { ReactElement } from 'react';
import type { RecordView } from '../web/protocol/record-view.ts';
import { beginning } from './bidi.ts';
import { DigitPanel } from './digit-panel.tsx';
import { clockMinute, listMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { otherRecords } from './timeline.ts';
import { timelineWords as say } from './timeline-words.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

export function OtherRecordPanel(props: {
  readonly record: RecordView;
  readonly wish: 'link' | 'merge';
  readonly onClose: () => void;
}): ReactElement {
  const { record, wish, onClose } = props;
  const { store } = useDesk();
  const records = useDeskState((state) => state.records);
  const others = otherRecords(record, records.values(), wish);
  const title = others.length === 0 ? say.noOther : wish === 'link' ? say.linkTitle : say.mergeTitle;
  return (
    <DigitPanel
      title={say.choice[wish]}
      ask={title}
      lines
      choices={others.map((other) => ({ key: other.id, word: <Line other={other} now={store.now()} /> }))}
      onChoose={(id) => {
        if (wish === 'link') store.command({ type: 'link', record: record.id, to: id });
        else store.command({ type: 'merge', record: record.id, into: id });
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function Line({ other, now }: { readonly other: RecordView; readonly now: number }): ReactElement {
  const { callerUnit, callerName, callerNumber, content } = other.fields;
  const who = callerUnit.value || callerName.value || callerNumber.value;
  return (
    <>
      {other.number === null
        ? say.draftOf(clockMinute(other.openedAt))
        : `${listMoment(other.openedAt, now)} ${other.number}`}{' '}
      <OutsideText text={who} /> <OutsideText text={beginning(content.value, 30)} />
    </>
  );
}
