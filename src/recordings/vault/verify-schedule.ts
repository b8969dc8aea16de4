/** PURE. Which recordings are read again tonight, so that each is read in time and no night reads all of them. */
export interface Checked {
  readonly recording: string;
  /** Integer ms UTC of its last check; null: never. */
  readonly checkedAt: number | null;
}

const DAY_MS = 86_400_000;

/**
 * Those never checked first, then by their oldest check. `verifyDays`: each is to be read again within so many days, so each
 * night takes its share of all, and besides everything that is overdue, up to three shares: after a long pause the nights
 * catch up without ever reading the whole disk. `now` in integer ms UTC.
 */
export function dueForVerification(
  all: readonly Checked[],
  now: number,
  verifyDays: number,
): readonly string[] {
  const share = Math.ceil(all.length / verifyDays);
  const since = ({ checkedAt }: Checked) => checkedAt ?? Number.NEGATIVE_INFINITY;
  const oldest = all.toSorted((one, other) => {
    const [first, second] = [since(one), since(other)];
    if (first !== second) return first < second ? -1 : 1;
    return one.recording < other.recording ? -1 : 1;
  });
  const overdue = oldest.filter((one) => now - since(one) >= verifyDays * DAY_MS).length;
  const tonight = Math.min(Math.max(share, overdue), 3 * share);
  // What was read within the last day is not read again, however few there are.
  return oldest
    .slice(0, tonight)
    .filter((one) => now - since(one) >= DAY_MS)
    .map(({ recording }) => recording);
}
