/** 突发事件 of the plan, as works. */

import type { IncidentAsk } from '../../src/duty/incident-decide.ts';
import type { IncidentWork, TelephoneReport } from '../../src/storage/incident-work.ts';
import { ROOM } from './office.ts';
import { onSeatAt } from './plan.ts';
import { INCIDENTS, type IncidentAct, type PlannedIncident } from './planned-incidents.ts';
import type { Act, Stage } from './play.ts';

const TO = '自治区总值班室';

/** `told`: called behind each step that was written. */
export function theIncidents(
  stage: Stage,
  told: (incident: PlannedIncident) => Promise<void> | void,
): readonly Act[] {
  const steps = INCIDENTS.flatMap((incident): readonly Act[] => {
    const step = async (turn: number, ask: IncidentAsk | TelephoneReport): Promise<void> => {
      stage.write(stepOf(stage, `${incident.id} ${turn}`, incident.id, ask));
      await stage.flush();
      await told(incident);
    };
    const opened = async (): Promise<void> => step(0, await openingOf(stage, incident));
    return [
      { at: incident.openedAt, act: opened },
      ...incident.acts.map((one, turn) => ({
        at: one.at,
        act: async () => step(turn + 1, await askOf(stage, incident, one)),
      })),
    ];
  });
  return [
    ...steps,
    ...stage.plan.notReportable.map(({ key, at }) => ({
      at,
      act: async () =>
        stage.write({
          ...{ type: 'emergency-not-reportable', room: ROOM, opId: `${key} decided`, account: 'a-1', at },
          ...{
            person: onSeatAt(stage.plan, at),
            record: await stage.recordId(key),
            reason: '误报',
            asked: '带班甲',
          },
        }),
    })),
  ];
}

function stepOf(
  stage: Stage,
  opId: string,
  incident: string,
  ask: IncidentAsk | TelephoneReport,
): IncidentWork {
  const at = stage.now;
  const person = onSeatAt(stage.plan, at);
  return { type: 'incident-step', room: ROOM, opId, account: 'a-1', person, at, incident, ask };
}

const said = ({ occurredAt, title }: PlannedIncident, receivedAt: number) => ({
  ...{ occurredAt, receivedAt, level: 'unrated' as const, title, text: `${title}，正在处置。` },
});

async function openingOf(stage: Stage, incident: PlannedIncident): Promise<IncidentAsk> {
  const record = incident.call === null ? null : await stage.recordId(incident.call);
  return { type: 'open', room: ROOM, record, ...said(incident, incident.receivedAt) };
}

async function askOf(
  stage: Stage,
  incident: PlannedIncident,
  act: IncidentAct,
): Promise<IncidentAsk | TelephoneReport> {
  switch (act.act) {
    case 'report': {
      const { id: report, kind, channel, sentAt, furtherDueAt } = act;
      const words = { to: TO, receiver: '赵某', signer: '带班甲', text: `${incident.title}，现报告如下。` };
      const common = { report, kind, furtherDueAt, ...words };
      return act.call === null
        ? { ...common, type: 'report', channel, sentAt, call: null }
        : { ...common, type: 'telephone', call: await stage.callId(act.call) };
    }
    case 'withdraw':
      return { type: 'withdraw', report: act.id, reason: '内容有误' };
    case 'inquiry': {
      const { id: inquiry, askedAt, dueAt } = act;
      return { type: 'inquiry', inquiry, askedAt, dueAt, from: TO, text: '请核实人数' };
    }
    case 'answer':
      return { type: 'answer', inquiry: act.id, answeredAt: act.answeredAt, text: '共 3 人' };
    case 'correct':
      return { type: 'correct', ...said(incident, act.receivedAt) };
    case 'close':
    case 'reopen':
      return { type: act.act, reason: '按处置情况' };
  }
}
