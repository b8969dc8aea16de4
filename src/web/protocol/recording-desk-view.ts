/** 录音: what the page shows of sound without a call, calls without sound, and the machine that keeps both. */
import type { Refusal } from '../../records/command.ts';

export interface RecordingDeskView {
  /** Our clock, ms UTC. */
  readonly at: number;
  readonly strays: readonly StrayView[];
  readonly strayTotal: number;
  readonly silent: readonly SilentCallView[];
  readonly jobs: JobsView;
  readonly storage: StorageView;
  readonly gaps: readonly GapReportView[];
  readonly reconcile: ReconcileView;
  /** PBXs whose sound cannot be fetched now, each with what to do about it. */
  readonly away: readonly PbxAwayView[];
}

export interface PbxAwayView {
  readonly pbx: string;
  readonly name: string;
  readonly reason: Refusal;
}

/** 无主录音: a file of a PBX that belongs to no call. */
export interface StrayView {
  readonly id: string;
  /** The last part of its name as the PBX wrote it, harmless to show. */
  readonly name: string;
  readonly pbx: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly suggestions: readonly SuggestedCallView[];
}

export interface SuggestedCallView {
  readonly call: string;
  readonly startedAt: number;
  readonly number: string | null;
  readonly why: 'uniqueid-in-name' | 'time-and-number' | 'time';
}

/** A call that should have sound and has none. */
export interface SilentCallView {
  readonly call: string;
  readonly line: string | null;
  readonly startedAt: number;
  readonly talkSeconds: number;
  readonly why: 'no-file' | 'empty' | 'vanished' | 'path-refused' | 'unfinished';
}

export interface JobsView {
  readonly backEnd: 'table' | 'redis';
  readonly awaySince: number | null;
  readonly warnings: readonly Refusal[];
  readonly waiting: number;
  readonly running: number;
  readonly failed: readonly FailedJobView[];
}

export interface FailedJobView {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly failedAt: number;
  readonly reason: string;
}

export interface StorageView {
  /** Null: cannot be known now. */
  readonly freeBytes: number | null;
  readonly usedBytes: number | null;
  /** `按近 30 天用量，录音存储约 41 天后写满`. */
  readonly forecast: { readonly zh: string; readonly en: string; readonly level: 'ok' | 'warn' | 'alarm' };
  readonly encrypted: boolean;
  /** Null: no second copy is configured. */
  readonly copy: {
    readonly state: 'ready' | 'away';
    readonly reason: Refusal | null;
    /** It lies on the disk of the recordings and does not survive it. */
    readonly sameDisk: boolean;
    readonly verified: number;
    readonly waiting: number;
    readonly bad: number;
  } | null;
}

/** What came of a stretch nobody watched. */
export interface GapReportView {
  readonly id: string;
  readonly pbx: string;
  readonly from: number;
  readonly to: number | null;
  readonly missed: number | null;
  readonly recovered: number | null;
  readonly notRecoverable: number | null;
}

export interface ReconcileView {
  readonly running: boolean;
  /** What it is doing, and how far it is; null total: not known yet. */
  readonly stage: 'looking' | 'matching' | 'taking-over' | null;
  readonly done: number;
  readonly total: number | null;
  readonly lastEndedAt: number | null;
  /** Of the last run, where it failed. */
  readonly trouble: string | null;
}
