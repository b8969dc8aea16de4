/** What can be written of a 交接班. Who signs has proved it by PIN before it comes here. */
import type { Device } from '../duty/hand-over.ts';

interface By {
  readonly room: string;
  readonly id: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly at: number;
}

/** `seat` of the last steps: where they are done; who takes over sits there from then on. Absent: at no seat of the room. */
export type HandOverWork =
  | (By & { readonly type: 'hand-over-begin' })
  | (By & {
      readonly type: 'hand-over-decide';
      readonly matter: { readonly kind: string; readonly id: string };
      readonly handed: boolean;
      readonly reason: string | null;
    })
  | (By & { readonly type: 'hand-over-device'; readonly device: Device; readonly works: boolean })
  /** What became of the probe of one line that the beginning asked for. */
  | (By & {
      readonly type: 'hand-over-probed';
      readonly line: string;
      readonly probe: string | null;
      readonly refused: string | null;
    })
  | (By & {
      readonly type: 'hand-over-sign';
      readonly as: 'giver' | 'taker';
      readonly signer: string;
      /** The version of 本班须知 that a taker says he has read, 0 before the first; null: he says nothing. */
      readonly notes: number | null;
      readonly seat?: string | null;
    })
  /** `without-missing`: those who have signed take over. `stay`: 无人接班, 继续值守. */
  | (By & {
      readonly type: 'hand-over-end';
      readonly how: 'without-missing' | 'stay';
      readonly seat?: string | null;
    });
