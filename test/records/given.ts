import type { RecordCommand } from '../../src/records/command.ts';
import { type DecideContext, type Decision, decide } from '../../src/records/decide.ts';
import type { FieldName } from '../../src/records/field.ts';
import { evolve, type PhoneRecord, type RecordFact } from '../../src/records/record.ts';

export const RECORD = '0190a000-0000-7000-8000-000000000001';
export const ZHANG = { person: 'zhang', name: '张某' };
export const LI = { person: 'li', name: '李某' };

/** Given facts, when a command comes, then this is decided; `and` folds what was accepted and goes on. */
export function given(...facts: readonly RecordFact[]): Story {
  return story(facts.reduce<PhoneRecord | undefined>(evolve, undefined));
}

interface Story {
  readonly record: PhoneRecord;
  when(command: Asked, context?: Partial<DecideContext>): Decision;
  /** Carries an accepted command out; throws when it is not. */
  after(command: Asked, context?: Partial<DecideContext>): Story;
}

type WithoutIds<Command> = Command extends RecordCommand ? Omit<Command, 'opId' | 'record'> : never;
type Asked = WithoutIds<RecordCommand>;

function story(now: PhoneRecord | undefined): Story {
  const ask = (command: Asked, context: Partial<DecideContext> = {}) =>
    decide(now, { opId: 'op', record: RECORD, ...command } as RecordCommand, {
      at: 2_000,
      by: ZHANG,
      phone: '2030001',
      number: null,
      other: null,
      ...context,
    });
  return {
    get record() {
      if (now === undefined) throw new Error('there is no record');
      return now;
    },
    when: ask,
    after(command, context) {
      const decision = ask(command, context);
      if (decision.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(decision)}`);
      return story(decision.facts.reduce<PhoneRecord | undefined>(evolve, now));
    },
  };
}

export function opened(): RecordFact {
  const call = 'call-1';
  return {
    kind: 'record-opened',
    at: 1_000,
    record: RECORD,
    room: 'room-1',
    call,
    direction: 'inbound',
    byHand: false,
  };
}

export function prefilled(field: FieldName, text: string): RecordFact {
  const base = { kind: 'field-written', at: 1_000, field, version: 1, how: 'prefilled' } as const;
  return { ...base, by: null, client: null, text, reason: null };
}

export function patch(
  field: FieldName,
  value: string,
  base: number,
  client = 'tab-1',
): Extract<Asked, { type: 'patch-field' }> {
  return { type: 'patch-field', field, value, base, client };
}

/** A draft in which nothing required is missing. */
export function complete(): readonly RecordFact[] {
  return [
    opened(),
    prefilled('callTime', '1700000000000'),
    prefilled('callerUnit', '市应急管理局'),
    prefilled('callerName', '未说明'),
    prefilled('recorder', '张某'),
    prefilled('content', '报告一起事故'),
  ];
}

export const NUMBER_1 = { year: 2026, serial: 1, text: '值电〔2026〕1号' };
