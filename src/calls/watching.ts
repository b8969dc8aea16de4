/** How well the PBX is in sight: a gap opens when the link goes down and closes with the first list after it is back. */
import type { GapOpened, PbxFact } from './fact.ts';
import { onPbxRestarted } from './snapshot.ts';
import { setWatch, type Watch } from './state.ts';
import type { Turn } from './turn.ts';

export interface LinkUp {
  readonly at: number;
  readonly processedCalls: number | null;
  readonly pbxStartedAt: number | null;
}

/** Nobody listens any more. */
export function onLinkDown(turn: Turn): void {
  if (turn.state.watch.gapFrom === null) openGap(turn, turn.receivedAt, 'link-down');
  else setWatch(turn.state, { ...turn.state.watch, linkUp: null });
}

/** Somebody listens again. After a kill of the service the gap began at the last sign of the PBX. */
export function onLinkUp(turn: Turn, link: LinkUp): void {
  const { watch } = turn.state;
  const { pbxStartedAt } = link;
  const restarted =
    pbxStartedAt !== null && watch.pbxStartedAt !== null && pbxStartedAt > watch.pbxStartedAt + 1_000;
  if (watch.gapFrom === null && watch.stoppedAt !== null) openGap(turn, watch.stoppedAt, 'service-stopped');
  if (restarted) onPbxRestarted(turn);
  setWatch(turn.state, {
    ...turn.state.watch,
    stoppedAt: null,
    pbxStartedAt: pbxStartedAt ?? watch.pbxStartedAt,
    processedCalls: link.processedCalls,
    linkUp: { at: link.at, missed: missedBy(watch, link.processedCalls, restarted), restarted },
  });
}

/** The first whole list after the link came back: sight is restored. `found` calls of the gap were not missed after all. */
export function onSightRestored(turn: Turn, found: number): void {
  const { watch } = turn.state;
  const { linkUp, gapFrom } = watch;
  if (linkUp === null) return;
  setWatch(turn.state, { ...watch, gapFrom: null, linkUp: null });
  if (gapFrom === null) return;
  turn.pbxFacts.push({
    kind: 'gap-closed',
    ...stampOf(turn, 'gap-closed', linkUp.at),
    from: gapFrom,
    to: Math.max(gapFrom, linkUp.at),
    missedCalls: linkUp.missed === null ? null : Math.max(0, linkUp.missed - found),
    pbxRestarted: linkUp.restarted,
  });
}

function openGap(turn: Turn, from: number, reason: GapOpened['reason']): void {
  setWatch(turn.state, { ...turn.state.watch, gapFrom: from, linkUp: null });
  turn.pbxFacts.push({ kind: 'gap-opened', ...stampOf(turn, 'gap-opened', from), reason });
}

/** A restarted PBX counts from 0: everything it counted was out of sight. */
function missedBy(watch: Watch, processed: number | null, restarted: boolean): number | null {
  if (processed === null) return null;
  if (restarted) return processed;
  return watch.processedCalls === null ? null : Math.max(0, processed - watch.processedCalls);
}

function stampOf(turn: Turn, kind: PbxFact['kind'], at: number) {
  const { pbx } = turn.state;
  const factKey = `${pbx}||${kind}|${at}`;
  return {
    pbx,
    uniqueid: '',
    linkedid: '',
    generation: 1,
    pbxAt: null,
    at,
    receivedAt: turn.receivedAt,
    factKey,
  };
}
