/** How a caller stands to the duty room: 上级, 下级, 公众. */
export type ContactClass = 'superior' | 'subordinate' | 'public';

/** One entry of the office's telephone book. */
export interface Contact {
  readonly id: string;
  /** As the office wrote it: `0954-2035678`, `139 0000 1111`, `8001`. */
  readonly number: string;
  readonly unit: string | null;
  readonly person: string | null;
  readonly class: ContactClass | null;
}
