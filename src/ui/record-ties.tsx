/** What a record has to do with others, in the form's head: 续前次, 已并入, 归档. */
import type { ReactElement } from 'react';
import type { RecordView } from '../web/protocol/record-view.ts';
import { Badge } from './state-mark.tsx';
import { timelineWords as say } from './timeline-words.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

export function RecordTies({ record }: { readonly record: RecordView }): ReactElement {
  return (
    <>
      {record.archivedAt !== null && <Badge tone="grey" mark="tick" word={say.archived} />}
      {record.linkedTo !== null && <Tie to={record.linkedTo} say={say.linked} />}
      {record.mergedInto !== null && <Tie to={record.mergedInto} say={say.merged} />}
    </>
  );
}

function Tie(props: { readonly to: string; readonly say: (number: string) => string }): ReactElement {
  const { store } = useDesk();
  const number = useDeskState((state) => state.records.get(props.to)?.number ?? null);
  // A draft that went into another by itself may name that one's call (facts of before).
  const kind = useDeskState((state) => (state.calls.has(props.to) ? 'call' : 'record'));
  return (
    <button
      type="button"
      className="text-button"
      onClick={() => store.dispatch({ type: 'select', selected: { kind, id: props.to } })}
    >
      {props.say(number ?? say.someRecord)}
    </button>
  );
}
