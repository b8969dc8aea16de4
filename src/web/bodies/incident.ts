/** What the page sends about 突发事件: hostile until it has come through here. Lengths that people are told of are in src/duty. */
import { z } from 'zod';
import { CHANNELS, LEVELS } from '../../duty/report-limits.ts';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
/** Until the year 2100. */
const moment = z.number().int().min(0).max(4_102_444_800_000);
const short = z.string().max(400);
const long = z.string().max(20_000);

const said = {
  occurredAt: moment.nullable(),
  receivedAt: moment,
  level: z.enum(LEVELS),
  title: short,
  text: long,
};
const report = {
  report: id,
  kind: z.enum(['first', 'further', 'final', 'verification']),
  to: short,
  receiver: short,
  signer: short,
  text: long,
  furtherDueAt: moment.nullable(),
  inquiry: id.nullable().default(null),
  turn: z.number().int().min(0).max(10_000).nullable().default(null),
};
const ask = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), record: id.nullable(), ...said }),
  z.strictObject({ type: z.literal('correct'), ...said }),
  z.strictObject({
    ...{ type: z.literal('report'), ...report },
    ...{
      channel: z.enum(CHANNELS),
      sentAt: moment,
      call: id.nullable(),
      confirmed: z.boolean().default(false),
    },
  }),
  z.strictObject({ type: z.literal('telephone'), ...report, call: id }),
  z.strictObject({ type: z.literal('withdraw'), report: id, reason: short }),
  z.strictObject({
    ...{ type: z.literal('link-call'), report: id, call: id, confirmed: z.boolean().default(false) },
  }),
  z.strictObject({
    ...{ type: z.literal('inquiry'), inquiry: id, askedAt: moment, dueAt: moment.nullable() },
    ...{ from: short, text: long },
  }),
  z.strictObject({ type: z.literal('answer'), inquiry: id, answeredAt: moment, text: long }),
  z.strictObject({ type: z.literal('acknowledge'), clock: z.string().max(100) }),
  z.strictObject({ type: z.literal('close'), reason: short }),
  z.strictObject({ type: z.literal('reopen'), reason: short }),
]);
const step = z.strictObject({ opId: id, incident: id, ask });
const notReportable = z.strictObject({ opId: id, record: id, reason: short, asked: short });

/** `open` comes without its room: that is the address's. */
export type StepBody = z.infer<typeof step>;

/** A step of an incident; null: malformed. */
export function parseStepBody(body: unknown): StepBody | null {
  return step.safeParse(body).data ?? null;
}

export function parseNotReportableBody(body: unknown): z.infer<typeof notReportable> | null {
  return notReportable.safeParse(body).data ?? null;
}
