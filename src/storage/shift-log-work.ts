/** What can be written into 值班日志. `from` names the shift: when it began, ms UTC. */
interface By {
  readonly room: string;
  readonly from: number;
  readonly account: string | null;
  readonly person: string | null;
  /** As shown beside what he wrote. */
  readonly name: string;
  readonly at: number;
}

export type ShiftLogWork =
  | (By & {
      readonly type: 'shift-log-add';
      /** Made by who asks: the same one twice is one line. */
      readonly id: string;
      readonly part: 'event' | 'remark';
      /** When it happened; of a remark: null. */
      readonly happenedAt: number | null;
      readonly text: string;
    })
  /** `happenedAt` null: as it was. */
  | (By & {
      readonly type: 'shift-log-edit';
      readonly line: string;
      readonly happenedAt: number | null;
      readonly text: string;
    })
  | (By & { readonly type: 'shift-log-tick'; readonly line: string; readonly ticked: boolean })
  | (By & { readonly type: 'shift-log-reopen'; readonly id: string; readonly reason: string })
  /** Closes again what was opened again. */
  | (By & { readonly type: 'shift-log-seal' });
