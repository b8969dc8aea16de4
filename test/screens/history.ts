/** What happened in the pictured office since yesterday: calls of every kind, and records in every state. */
import type { CallView } from '../../src/web/protocol/call-view.ts';
import { NIGHT, type Told, YESTERDAY } from './matters.ts';
import type { PicturedOffice } from './office.ts';
import { tellPast } from './past-call.ts';
import { type Pen, penOf } from './pen.ts';

const MINUTE = 60_000;

/** Ids of records and calls by the name the matter has in the pictures. */
export type History = ReadonlyMap<string, { readonly record: string; readonly call: CallView }>;

export async function makeHistory(office: PicturedOffice): Promise<History> {
  const pen = penOf(office, 'demonstration', 'p-wang', 'seat-1');
  const told = new Map<string, { record: string; call: CallView }>();
  const now = Date.now();
  for (const matter of [...YESTERDAY, ...NIGHT]) {
    const call = await tellPast(office, { ...matter, at: now - matter.ago * MINUTE });
    const record = call.record ?? '';
    told.set(matter.name, { record, call });
    await carryOn(pen, record, matter);
  }
  await handle(pen, told, now);
  return told;
}

async function carryOn(pen: Pen, record: string, { texts, end }: Told): Promise<void> {
  if (texts !== undefined) await pen.write(record, texts);
  if (end === undefined) return;
  if (end === 'registered') return pen.register(record);
  if (end === 'void') {
    await pen.register(record);
    return pen.do({ type: 'void', record, reason: '与前一张记录单重复登记' });
  }
  return pen.do({ type: 'mark-no-record', record, reason: end });
}

/** 办理经过 of the matters that go on. */
async function handle(pen: Pen, told: History, now: number): Promise<void> {
  const idOf = (name: string) => told.get(name)?.record ?? '';
  const slide = idOf('slide');
  const proof = told.get('report')?.call.id ?? null;
  await pen.enter(slide, {
    kind: 'request',
    who: '马志强副区长',
    way: 'phone',
    text: '报告柳泉镇滑坡情况，请示处置意见。',
  });
  await pen.enter(slide, {
    kind: 'instruction',
    who: '马志强副区长',
    way: 'phone',
    call: proof,
    happenedAt: told.get('report')?.call.answeredAt ?? null,
    text: '立即组织转移危险区群众，交通局抢通道路，区应急管理局派人到现场；每小时续报一次，重大变化随时报告。',
  });
  await pen.enter(slide, {
    kind: 'assignment',
    who: '区交通运输局',
    dueAt: now + 90 * MINUTE,
    text: '抢通柳泉镇北三公里处道路。',
  });
  await pen.enter(slide, {
    kind: 'feedback',
    who: '柳泉镇李某',
    text: '危险区 12 户 43 人已全部转移到镇中心小学，无人员伤亡。',
  });
  const wrong = await pen.enter(slide, { kind: 'feedback', who: '交通运输局', text: '道路已抢通。' });
  await pen.do({ type: 'withdraw-entry', record: slide, entry: wrong, reason: '记错了路段' });

  const outage = idOf('outage');
  await pen.enter(outage, {
    kind: 'instruction',
    who: '马志强副区长',
    way: 'in-person',
    text: '请供电公司尽快恢复，医院用电优先。',
  });

  const water = idOf('water');
  await pen.enter(water, { kind: 'assignment', who: '区水务局', text: '派人抢修，及时报告恢复时间。' });
  await pen.enter(water, { kind: 'closing', text: '三时二十分恢复供水，已回复来电单位。' });
  await pen.do({ type: 'archive', record: water, archived: true });
  await pen.do({
    type: 'correct',
    record: idOf('meeting'),
    field: 'callerName',
    value: '司马相如松',
    reason: '原记姓名有误，经回电核对',
  });
  await pen.do({ type: 'link', record: idOf('again'), to: slide });
}
