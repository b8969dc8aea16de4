/** 批示 that wait for who gave them. Pure. */
import type { CallView } from '../../web/protocol/call-view.ts';
import type { EntryView, RecordView } from '../../web/protocol/record-view.ts';

export interface Unconfirmed {
  readonly record: RecordView;
  readonly entry: EntryView;
  /** The call that proves it. */
  readonly proof: CallView | null;
}

/** Those that stand and are not confirmed, the longest waiting first. */
export function unconfirmed(
  records: readonly RecordView[],
  calls: readonly CallView[],
): readonly Unconfirmed[] {
  return records
    .flatMap((record) =>
      record.entries
        .filter(
          ({ kind, confirmed, withdrawn }) =>
            kind === 'instruction' && confirmed === null && withdrawn === null,
        )
        .map((entry) => ({
          record,
          entry,
          proof: calls.find(({ id }) => id === entry.call) ?? null,
        })),
    )
    .sort((a, b) => a.entry.at - b.entry.at);
}
