/** 拨测 as the page sees it: four steps with their seconds, and what may be concluded. */
import type { Hearing } from '../../diagnosis/hearing.ts';
import type { PassedOn, Scope } from '../../diagnosis/suspicion.ts';
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
  /** When it was asked for. */
  readonly at: number;
  /** When it was dialled; null: not yet, or never. */
  readonly dialledAt: number | null;
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
  /** The network itself said that it passes the call on; null: it did not. */
  readonly passedOn: PassedOn | null;
  /** Whether the line it left by has a 主叫彩铃 of its own, for a `ringback` that is suspect; null: it does not matter. */
  readonly ownTone: 'none' | 'suspect' | 'unknown' | null;
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

export const PROBE_PEAKS_PER_SECOND = 100;

/** As the ear heard it. */
export interface ProbeHeardView extends Pick<Hearing, 'verdict' | 'confidence' | 'segments' | 'cadence'> {
  /** `PROBE_PEAKS_PER_SECOND`, 0 to 100: the waveform; empty in a list, where each of many is shown in one line. */
  readonly peaks: readonly number[];
}
