/** A scripted 模拟来电 of 演练: who calls, what he says, and what a good record of it must hold. Pure. */
import type { CATEGORIES } from '../../records/field.ts';

export interface DrillScript {
  readonly id: string;
  readonly title: string;
  /** What the officer is asked to practise. */
  readonly about: string;
  readonly calls: readonly ScriptedCall[];
}

export interface ScriptedCall {
  readonly id: string;
  /** From the begin of the drill. */
  readonly ringsAtMs: number;
  /** The caller gives up after so long. */
  readonly ringsForMs: number;
  readonly number: string;
  /** What the telephone book would know of the caller; null: an unknown number. */
  readonly known: string | null;
  readonly speech: readonly Spoken[];
  /** What an officer should make of it. */
  readonly expects: 'record' | 'no-record';
  readonly category: (typeof CATEGORIES)[number] | null;
  readonly elements: readonly ScriptElement[];
}

export interface Spoken {
  readonly text: string;
  readonly forMs: number;
}

/** 要素: one thing the record must hold. */
export interface ScriptElement {
  readonly name: string;
  /** As the caller says it, for the comparison afterwards. */
  readonly told: string;
  /** Each choice is a list of words that must all be there; one choice is enough. */
  readonly found: readonly (readonly string[])[];
}
