/** The foot of the list: what is chosen together, and after 无需记录 of several the way back. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { bulkWords as say } from './bulk-words.ts';
import { putAside } from './marked.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useOwnKeys } from './use-own-keys.ts';
import { words } from './words.ts';

export function ChosenBar(props: {
  readonly count: number;
  readonly onNoRecord: () => void;
  readonly onClear: () => void;
}): ReactElement | null {
  const keys = useOwnKeys();
  if (props.count === 0) return null;
  return (
    <p className="bulk" role="status">
      <span>{say.chosen(props.count)}</span>
      <Button size="small" onClick={props.onNoRecord}>
        {`${say.noRecord}${keys.behind('no-record')}`}
      </Button>
      <Button size="small" type="text" onClick={props.onClear}>
        {say.clear}
      </Button>
    </p>
  );
}

export function UndoBar(props: {
  readonly records: readonly string[];
  readonly onClose: () => void;
}): ReactElement | null {
  const { store } = useDesk();
  const records = useDeskState((state) => state.records);
  const commands = useDeskState((state) => state.commands);
  const done = putAside(props.records, records);
  const refused = [...commands.values()].filter(
    ({ message, record, refusal }) =>
      message.type === 'mark-no-record' && refusal !== null && props.records.includes(record ?? ''),
  );
  if (props.records.length === 0) return null;
  return (
    <p className="bulk" role="status">
      <span>
        {say.done(done.length)}
        {refused.length > 0 && say.left(refused.length)}
      </span>
      <Button
        size="small"
        onClick={() => {
          for (const record of done) store.command({ type: 'reopen', record });
          props.onClose();
        }}
      >
        {say.undo}
      </Button>
      <Button size="small" type="text" onClick={props.onClose}>
        {words.bars.known}
      </Button>
    </p>
  );
}
