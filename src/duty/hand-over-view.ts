/** 交接班 as the page gets it. Times are integer ms UTC. */
import type { HandOver } from './hand-over.ts';

export interface HandOverView {
  readonly room: string;
  readonly at: number;
  /** May begin, decide and sign here. */
  readonly mayHandOver: boolean;
  /** With what is open now; null: nobody hands over. */
  readonly open: { readonly handOver: HandOver; readonly onDuty: readonly string[] } | null;
  /** The latest first. */
  readonly past: readonly { readonly handOver: HandOver; readonly closedAt: number }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly title: string | null }[];
  /** Id of the first hand-over whose seal does not fit; null: all do. */
  readonly broken: string | null;
}
