/** Two of them destroy; one isolates. */
export interface ShutHand {
  readonly account: string;
  readonly person: string | null;
}

/**
 * 涉密误录处置 (D11). `subject` is the id of a call or of a record; both are shut together where they belong together. Or the
 * name of what was written by hand (`duty/hand-written.ts`).
 */
export type ShutWork =
  | {
      readonly type: 'isolate' | 'release';
      readonly subject: string;
      readonly by: ShutHand;
      /** Free text: it goes into the erasable part of the audit trail only. */
      readonly reason: string;
      readonly at: number;
    }
  | {
      readonly type: 'destroy';
      readonly subject: string;
      readonly by: readonly [ShutHand, ShutHand];
      readonly reason: string;
      readonly at: number;
    };
