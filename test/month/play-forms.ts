/** Forms, 待回拨 that is given up, marks and 交办 of the plan, as works. */
import type { Work } from '../../src/storage/work.ts';
import { onSeatAt } from './plan.ts';
import type { PlannedCall, PlannedForm } from './planned-calls.ts';
import { ASSIGNMENTS } from './planned-papers.ts';
import type { Act, Stage } from './play.ts';
import { waitingOf } from './reckon-callbacks.ts';

/** What becomes of the form of each call, of 待回拨 that is given up, and of a call somebody has listened to. */
export function theForms(stage: Stage): readonly Act[] {
  return stage.plan.calls.flatMap((call): readonly Act[] => {
    const { key, form, giveUpAt, mark } = call;
    return [
      ...(form === null ? [] : [{ at: form.at, act: () => write(stage, key, form) }]),
      ...(form?.kind === 'registered' && form.voidAt !== null
        ? [{ at: form.voidAt, act: () => command(stage, key, 'void', { reason: '登记有误' }) }]
        : []),
      ...(giveUpAt === null ? [] : [{ at: giveUpAt, act: () => giveUp(stage, call) }]),
      ...(mark === null ? [] : [{ at: mark.at, act: () => review(stage, call) }]),
    ];
  });
}

export function theAssignments(stage: Stage): readonly Act[] {
  return ASSIGNMENTS.flatMap(({ of, at, dueAt, answeredAt }, place): readonly Act[] => {
    const says = (kind: 'assignment' | 'feedback') => {
      const entry = `0190a000-0000-7000-8000-${kind.length}${String(place).padStart(10, '0')}`;
      const said = { kind, who: '市应急管理局', text: '核实情况', way: null, happenedAt: null, call: null };
      return command(stage, of, 'add-entry', {
        ...{ entry, field: kind, draft: { ...said, dueAt: kind === 'assignment' ? dueAt : null } },
      });
    };
    const asked = { at, act: () => says('assignment') };
    return answeredAt === null ? [asked] : [asked, { at: answeredAt, act: () => says('feedback') }];
  });
}

async function write(stage: Stage, key: string, form: PlannedForm): Promise<void> {
  if (form.kind === 'no-record') return command(stage, key, 'mark-no-record', { reason: 'misdial' });
  const { unit, name, content, category } = form;
  const fields = {
    callerUnit: unit,
    callerName: name,
    content,
    ...(category === 'public' ? {} : { category }),
  };
  for (const [field, value] of Object.entries(fields))
    await command(stage, key, 'patch-field', { field, value, base: 0, client: 'c-1' });
  await command(stage, key, 'register', {});
}

async function command(stage: Stage, key: string, type: string, more: object): Promise<void> {
  const record = await stage.recordId(key);
  const opId = `${key} ${type} ${'field' in more ? String(more.field) : ''}`;
  stage.write({
    type: 'record-command',
    command: { type, opId, record, ...more } as never,
    asker: { account: 'a-1', person: onSeatAt(stage.plan, stage.now), seat: 'seat-1' },
    at: stage.now,
  });
}

async function giveUp(stage: Stage, call: PlannedCall): Promise<void> {
  const at = stage.now;
  const [account, person] = ['a-1', onSeatAt(stage.plan, at)];
  const id = await stage.callId(call.key);
  const work: Work = {
    type: 'callback-give-up',
    opId: `give-up ${call.key}`,
    call: id,
    reason: '空号',
    account,
    person,
    at,
  };
  const how = waitingOf(stage.plan.calls).get(call.key)?.how;
  const wanted = how === 'given-up' ? 'done' : 'callback-closed';
  const said = await stage.tried(work);
  if (said !== wanted) throw new Error(`无法回拨 of ${call.key}: ${said}, not ${wanted}`);
}

async function review(stage: Stage, { key, mark }: PlannedCall): Promise<void> {
  if (mark === null) return;
  const place = String(stage.plan.calls.findIndex((call) => call.key === key)).padStart(12, '0');
  stage.write({
    ...{
      type: 'review-call',
      review: `0190a000-0000-7000-8000-${place}`,
      call: await stage.callId(key),
      seen: null,
    },
    ...{ verdict: mark.verdict, reasons: mark.verdict === 'proper' ? [] : ['no-greeting'], remark: '' },
    ...{ account: 'a-2', person: null, name: '督查员', at: mark.at },
  });
}
