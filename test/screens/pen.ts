/** An officer's hand on the records of the pictured office: the commands a page sends. */
import { randomBytes } from 'node:crypto';
import type { RecordCommand } from '../../src/records/command.ts';
import type { EntryDraft } from '../../src/records/entry.ts';
import type { FieldName } from '../../src/records/field.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { PicturedOffice } from './office.ts';

type Command = RecordCommand extends infer One
  ? One extends RecordCommand
    ? Omit<One, 'opId'>
    : never
  : never;
export type Texts = Partial<Record<FieldName, string>>;

export interface Pen {
  do(command: Command): Promise<void>;
  write(record: string, texts: Texts): Promise<void>;
  /** What is still empty becomes what an officer would choose. */
  register(record: string): Promise<void>;
  /** Its id. */
  enter(record: string, entry: Pick<EntryDraft, 'kind' | 'text'> & Partial<EntryDraft>): Promise<string>;
}

/** What has to stand in a record before it gets its number. */
const USUAL: Texts = {
  callerUnit: '未说明',
  callerName: '未说明',
  recorder: '王丽',
  recorderPhone: '0954-2035678',
  content: '未说明',
};

export function penOf(
  office: PicturedOffice,
  account: string,
  person: string | null,
  seat: string | null,
): Pen {
  const { intake, store } = office.service;
  async function act(command: Command): Promise<void> {
    const opId = randomBytes(12).toString('hex');
    const answer = await intake.command({ ...command, opId } as RecordCommand, { account, person, seat });
    if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.en}`);
  }
  return {
    do: act,
    async write(record, texts) {
      for (const [field, value] of Object.entries(texts) as [FieldName, string][]) {
        const base = (await store.recordView(record))?.fields[field].version ?? 0;
        await act({ type: 'patch-field', record, field, base, client: 'pen', value });
      }
    },
    async register(record) {
      const fields = (await store.recordView(record))?.fields;
      for (const [field, value] of Object.entries(USUAL) as [FieldName, string][])
        if (fields?.[field].value === '') await this.write(record, { [field]: value });
      await act({ type: 'register', record });
    },
    async enter(record, entry) {
      const id = newId();
      const draft = { who: '', way: null, happenedAt: null, dueAt: null, call: null, ...entry };
      await act({ type: 'add-entry', record, entry: id, draft });
      return id;
    },
  };
}
