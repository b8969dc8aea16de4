/** What can be written of 突发事件. */
import type { IncidentAsk, ReportSaid } from '../duty/incident-decide.ts';

/** A talk becomes the 电话报告: when it was made is what the telephone says, never what somebody types. */
export type TelephoneReport = { readonly type: 'telephone' } & Omit<
  ReportSaid,
  'channel' | 'sentAt' | 'call'
> & {
    readonly call: string;
  };

interface By {
  readonly room: string;
  /** The same a second time answers as the first time and changes nothing. */
  readonly opId: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly at: number;
}

export type IncidentWork =
  | (By & {
      readonly type: 'incident-step';
      readonly incident: string;
      readonly ask: IncidentAsk | TelephoneReport;
    })
  /** 不需上报: why, and who was asked. */
  | (By & {
      readonly type: 'emergency-not-reportable';
      readonly record: string;
      readonly reason: string;
      readonly asked: string;
    });

export type IncidentStepWork = Extract<IncidentWork, { type: 'incident-step' }>;
