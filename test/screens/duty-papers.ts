/** What the papers of issue 6 are about: an incident reported three times, and a shift that was handed over and is sealed. */
import type { IncidentAsk, ReportSaid } from '../../src/duty/incident-decide.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Work } from '../../src/storage/work.ts';
import { type PicturedOffice, ROOM } from './office.ts';
import type { Studio } from './studio.ts';

const MINUTE = 60_000;
const WHO = { room: ROOM, account: 'demonstration', person: 'p-wang' } as const;

/** Ids of the reports in the order in which they were sent. */
export interface ReportedIncident {
  readonly id: string;
  readonly reports: readonly string[];
}

/** 柳泉镇 landslide: by telephone within 30 minutes, in writing within the hour, then 续报 and 终报. */
export async function reportSlide({ office, history }: Studio): Promise<ReportedIncident> {
  const slide = history.get('slide');
  const received = slide?.call.answeredAt ?? Date.now() - 168 * MINUTE;
  const id = newId();
  const step = (after: number, ask: IncidentAsk) =>
    carry(office, {
      ...{ ...WHO, type: 'incident-step', opId: newId(), incident: id },
      ...{ at: received + after * MINUTE, ask },
    });
  const of = { occurredAt: received - 7 * MINUTE, receivedAt: received, level: 'larger' } as const;
  const text =
    '今日二时四十分左右，柳泉镇北三公里处因连续降雨发生山体滑坡，阻断道路约三十米，暂未发现人员伤亡。镇干部已到现场，正在清点人数。';
  await step(4, {
    ...{ type: 'open', room: ROOM, record: slide?.record ?? null },
    ...{ ...of, title: '柳泉镇山体滑坡阻断道路', text },
  });
  const report = (kind: ReportSaid['kind'], channel: ReportSaid['channel'], after: number, more: string) => {
    const said: ReportSaid = {
      ...{ report: newId(), kind, channel, sentAt: received + after * MINUTE, to: '市政府总值班室' },
      ...{ receiver: '值班员', signer: '马志强', text: more, call: null, furtherDueAt: null },
    };
    return step(after, { type: 'report', ...said }).then(() => said.report);
  };
  const reports = [
    await report('first', 'telephone', 12, text),
    await report(
      ...(['first', 'written', 44] as const),
      `${text}\n区应急管理局、交通运输局已派人赶赴现场，调挖掘机两台。区政府马志强副区长在现场指挥。`,
    ),
    await report(
      ...(['further', 'written', 104] as const),
      '危险区 12 户 43 人已全部转移到镇中心小学，无人员伤亡。道路已清出单向通道，应急车辆可以通行。',
    ),
    await report(
      ...(['final', 'written', 160] as const),
      '道路于五时二十分双向抢通，解除交通管制。经排查，该处边坡已设置警戒并派专人看守。此次滑坡未造成人员伤亡。',
    ),
  ];
  return { id, reports };
}

/** Every 突发信息 is decided, then the shift is handed over with its devices; answers when it began. */
export async function handOverShift({ office }: Studio): Promise<number> {
  const at = Date.now();
  const { store } = office.service;
  const undecided = await store.undecidedEmergencies(ROOM, at);
  for (const { record } of undecided)
    await carry(office, {
      ...{ ...WHO, type: 'emergency-not-reportable', opId: newId(), record, at },
      ...{ reason: '已由主管部门处置，不属报送范围', asked: '马志强副区长' },
    });
  await carry(office, { ...WHO, id: newId(), at, type: 'hand-over-begin' });
  const { open } = await store.handOverState(ROOM, at);
  if (open === null) throw new Error('no hand-over was begun');
  const { id, matters } = open.handOver;
  const own = { ...WHO, id, at };
  for (const { kind, id: matter, handed } of matters)
    if (!handed)
      await carry(office, {
        ...{ ...own, type: 'hand-over-decide', matter: { kind, id: matter }, handed: true, reason: null },
      });
  const running = await store.shiftLogShifts(ROOM, null, at);
  const from = running.shifts[0]?.from ?? at;
  // Before the signatures, in whose moment the next shift begins.
  const log = { ...WHO, name: '王丽', from, at: at - 60_000 };
  const event = { ...log, type: 'shift-log-add', id: newId(), part: 'event' } as const;
  const remark = { ...log, type: 'shift-log-add', id: newId(), part: 'remark' } as const;
  await carry(office, {
    ...{ ...event, happenedAt: at - 30 * MINUTE },
    text: '接市防汛办口头通知：今日二十时起加密雨情报送，每两小时一次。',
  });
  await carry(office, { ...remark, happenedAt: null, text: '传真机墨粉不足，已报办公室更换。' });
  for (const device of ['computer', 'printer', 'fax'] as const)
    await carry(office, { ...own, type: 'hand-over-device', device, works: device !== 'fax' });
  const giver = open.onDuty[0] ?? 'p-wang';
  const taker = giver === 'p-wang' ? 'p-ouyang' : 'p-wang';
  const [read] = await store.dutyNotes(ROOM, 1);
  await carry(office, { ...own, type: 'hand-over-sign', as: 'giver', signer: giver, notes: null });
  await carry(office, {
    ...{ ...own, type: 'hand-over-sign', as: 'taker', signer: taker, notes: read?.version ?? 0 },
  });
  if ((await store.handOverState(ROOM, at)).open !== null)
    await carry(office, { ...own, type: 'hand-over-end', how: 'without-missing' });
  const { shifts } = await store.shiftLogShifts(ROOM, null, at);
  const sealed = shifts.find(({ state }) => state === 'sealed');
  if (sealed === undefined) throw new Error('no log was sealed');
  return sealed.from;
}

async function carry(office: PicturedOffice, work: Work): Promise<void> {
  const written = await office.service.intake.work(work);
  if (!written.ok) throw new Error(`${work.type}: ${written.refusal.en}`);
}
