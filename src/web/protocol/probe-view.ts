/** 拨测 as the page sees it: four steps with their seconds, and what may be concluded. */
import type { Scope } from '../../diagnosis/suspicion.ts';
import type { NotKnown } from '../../diagnosis/verdict.ts';

export interface ProbeView {
  readonly id: string;
  /** Null: another office's line (抽查). */
  readonly line: string | null;
  readonly number: string;
  /** The office that was called, for a 抽查. */
  readonly unit: string | null;
  readonly scope: Scope;
  readonly askedBy: string | null;
  readonly at: number;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** 拨出 → 振铃 → 回铃音 → 到达核对, in this order. */
  readonly steps: readonly ProbeStepView[];
  readonly result: ProbeResultView | null;
}

export interface ProbeStepView {
  readonly step: 'dialled' | 'rang' | 'heard' | 'arrival';
  readonly state: 'waiting' | 'running' | 'good' | 'bad' | 'unknown' | 'skipped';
  /** Seconds after the probe was dialled; null before it is over. */
  readonly seconds: number | null;
}

export interface ProbeResultView {
  readonly forwarding: 'clean' | 'suspect' | 'unknown';
  readonly ringback: 'clean' | 'suspect' | 'unknown';
  readonly why: NotKnown | null;
  /** What the ear heard; null: nothing was to be heard. */
  readonly heard: ProbeHeardView | null;
  /** How the call ended. */
  readonly ending: 'answered' | 'timed-out' | 'busy' | 'rejected' | 'failed' | 'stopped';
  /** Q.850 cause and SIP answer, for the technician. */
  readonly cause: number | null;
  readonly sip: string | null;
  /** The call by which our own PBX saw the probe arrive. */
  readonly arrived: boolean | null;
  readonly arrival: {
    readonly did: string;
    readonly caller: string | null;
    readonly diverted: string | null;
    readonly phoneRang: boolean;
  } | null;
  /** Seconds of sound that are kept; null: none. */
  readonly soundSeconds: number | null;
}

/** As the ear says it. */
export type EarVerdict = 'standard' | 'music' | 'speech' | 'busy' | 'vacant' | 'unclear';

export interface ProbeHeardView {
  readonly verdict: EarVerdict;
  readonly confidence: number;
  /** Classes over time, seconds of the file. */
  readonly segments: readonly { readonly from: number; readonly to: number; readonly class: string }[];
  /** The tone as measured: Hz, seconds, dBm0. */
  readonly cadence: {
    readonly hz: number;
    readonly on: number;
    readonly off: number;
    readonly level: number;
    readonly count: number;
  } | null;
  /** 100 a second, 0 to 100: the waveform. */
  readonly peaks: readonly number[];
}
