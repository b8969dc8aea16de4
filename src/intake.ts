import type { TrackerInput } from './calls/channel-event.ts';
import type { RecordingReport } from './calls/recording-report.ts';
import type { Asker, RecordCommand, Refusal } from './records/command.ts';
import type { PublishedChange, Work, WorkResult } from './storage/work.ts';
import type { FieldView } from './web/protocol.ts';

export interface Intake {
  /** Hands one input of one PBX to its tracker. Never throws, never waits: what cannot be kept is said in `health()`. */
  receive(pbx: string, input: TrackerInput): void;
  /** Resolves when the answer is durable. */
  command(command: RecordCommand, asker: Asker): Promise<CommandOutcome>;
  report(report: RecordingReport): Promise<WorkResult>;
  work(work: Work): Promise<WorkResult>;
  /** Called after each commit with what changed, in order of position. */
  subscribe(listener: (changes: readonly PublishedChange[]) => void): () => void;
  /** Folds the open calls back from the store. Before the first `receive`. */
  restore(): Promise<void>;
  /** Resolves when everything received so far is committed and published. */
  idle(): Promise<void>;
  health(): IntakeHealth;
  close(): Promise<void>;
}

export type CommandOutcome =
  | {
      readonly ok: true;
      readonly position: number;
      readonly version: number | null;
      readonly numberText: string | null;
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly conflict?: FieldView };

export interface IntakeHealth {
  /** Null when the store takes what it is given. */
  readonly storeFailing: Refusal | null;
  /** Since when it fails, integer ms UTC. */
  readonly storeFailingSince: number | null;
  /** Works that wait for the store. */
  readonly waiting: number;
  /** Inputs that had to be dropped because the spool was full: each one may be a call that is not kept. */
  readonly dropped: number;
  /** Inputs whose step threw; their calls are marked 需人工核对. */
  readonly strange: number;
}
