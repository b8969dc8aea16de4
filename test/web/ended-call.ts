/** A call that came in and is over, as the service keeps it. */
import { callArrives, type WebBed } from './web-bed.ts';

export interface EndedCall {
  readonly call: string;
  /** Its draft. */
  readonly record: string;
}

/** Of the line of that unit, at this moment. */
export async function endedCall(bed: WebBed, unit: 'city' | 'county' = 'county'): Promise<EndedCall> {
  const here = async () => (await bed.store.snapshot(`r-${unit}`, Date.now())).calls;
  const before = new Set((await here()).map(({ id }) => id));
  const linkedid = await callArrives(bed, unit);
  const now = Date.now();
  const stamp = {
    pbx: 'main',
    uniqueid: linkedid,
    linkedid,
    generation: 1,
    pbxAt: now,
    at: now,
    receivedAt: now,
  };
  const facts = [{ ...stamp, kind: 'call-ended', factKey: `main ${linkedid} ended` }] as const;
  const step = { type: 'call-step', pbx: 'main', pbxFacts: [], texts: [], drafts: [], offsetMs: 0 } as const;
  await bed.intake.work({ ...step, facts });
  const added = (await here()).find(({ id }) => !before.has(id));
  if (added?.record == null) throw new Error('the call has no draft');
  return { call: added.id, record: added.record };
}
