/** What can be written of 值班工作检查. */
import type { Inspection, ItemSaid } from '../duty/inspection.ts';
import type { ItemCode } from '../duty/inspection-items.ts';
import type { KnownItems } from '../duty/inspection-known.ts';

/** Who writes; `name` as it is shown. */
interface By {
  readonly id: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly name: string;
  readonly at: number;
}

export type InspectionWork =
  | (By & { readonly type: 'inspection-open' } & Pick<
        Inspection,
        'unit' | 'rooms' | 'from' | 'to' | 'inspectedAt' | 'inspectors'
      >)
  /** `base` is the revision that the writer saw. */
  | (By & { readonly type: 'inspection-answer'; readonly item: ItemCode; readonly base: number } & ItemSaid)
  /** `known`: what stood beside the items when the inspector signed. */
  | (By & {
      readonly type: 'inspection-sign';
      readonly as: 'inspector' | 'inspected';
      readonly known: KnownItems | null;
    })
  | (By & {
      readonly type: 'inspection-mend';
      readonly item: ItemCode;
      readonly how: 'reported' | 'mended';
      readonly text: string;
    });
