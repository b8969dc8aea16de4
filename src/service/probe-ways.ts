/** By which trunks a line can be called from outside: none that is its own, or the call would never leave the house. */
import type { ProbeConfig, ProbeTrunk } from '../config/config.ts';
import type { OfficeLine } from '../duty/office.ts';
import { createLineMatch } from '../lines/line-match.ts';

export interface ProbedPbx {
  readonly id: string;
  /** Every trunk of it. */
  readonly trunks: readonly string[];
}

/**
 * Trunks for one line, in the order of the configuration; null as line: a number of another office, which any trunk reaches.
 * A line that takes calls from any trunk of its PBX needs a PBX with more than one.
 */
export function waysTo(
  line: OfficeLine | null,
  { trunks }: Pick<ProbeConfig, 'trunks'>,
  pbxs: readonly ProbedPbx[],
): readonly ProbeTrunk[] {
  if (line === null) return trunks;
  const home = pbxs.find((pbx) => pbx.id === line.pbx);
  return trunks.filter(({ pbx, trunk }) => {
    if (pbx !== line.pbx) return true;
    return line.trunks.length === 0 ? (home?.trunks.length ?? 0) > 1 : !isTrunkOf(line, trunk);
  });
}

function isTrunkOf(line: OfficeLine, trunk: string): boolean {
  const match = createLineMatch({ pbx: line.pbx, trunks: [], lines: [{ ...line, dids: [] }] });
  return match.lineForArrival(`${trunk}-00000000`, '') !== null;
}
