/** Files that a real Asterisk with FreePBX's dialplan has left, found again by their names alone: as after a gap. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldCall } from '../../../src/calls/evolve.ts';
import { type SoundTrail, soundTrailOf } from '../../../src/calls/sound-trail.ts';
import { reconcileSound } from '../../../src/recordings/matching/reconcile.ts';
import { createScanMemory } from '../../../src/recordings/matching/scan-memory.ts';
import { createWallClock } from '../../../src/recordings/matching/wall-clock.ts';
import { localPlace } from '../../../src/recordings/recording-place.ts';
import { lookTwice } from '../../../src/service/reconciled-pbx.ts';
import { DID, OUTSIDE } from '../../bed/numbers.ts';
import { answerAfter } from '../../bed/sip-behaviour.ts';
import { type RecordedOffice, recordedOffice } from '../recorded-office.ts';

const SETTLING = { quietMs: 2_500, longAgoMs: 600_000 };
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

describe('files of FreePBX 17 on Asterisk 22 that nobody named', () => {
  let bed: RecordedOffice;

  beforeAll(async () => {
    bed = await recordedOffice('pbx', { version: 22, dialplan: 'freepbx17' });
    await bed.office.setDb('AMPUSER', '1001/recording/in/external', 'force');
    await bed.office.setDb('AMPUSER', '1002/recording/in/internal', 'force');
    bed.office.phones['1001'].behave(answerAfter(300));
  });
  afterAll(() => bed.stop());

  /** The calls as the facts tell them; what the PBX named is forgotten. */
  function trails(): readonly SoundTrail[] {
    const calls = [...Map.groupBy(bed.facts, (fact) => fact.linkedid).values()].flatMap(
      (facts) => foldCall(facts) ?? [],
    );
    const survivors = calls.filter((call) => call.ending?.kind !== 'joined');
    return survivors.map((call) => {
      const joined = calls.filter(
        ({ ending }) => ending?.kind === 'joined' && ending.survivor === call.linkedid,
      );
      const known = {
        call: call.linkedid,
        room: null,
        mode: 'pbx',
        offsetMs: 0,
        otherUniqueids: [],
      } as const;
      return { ...soundTrailOf(call, joined, known), named: [] };
    });
  }

  async function over(count: number): Promise<void> {
    await expect
      .poll(() => trails().filter((trail) => trail.endedAt !== null).length, {
        timeout: 15_000,
        interval: 50,
      })
      .toBe(count);
  }

  it('are the two of an attended transfer, and that of a caller who wrote a path into his number', async () => {
    const desk = bed.office.phones['1001'];
    const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await call.reached('answered');
    const first = await desk.nextCall();
    await first.hold();
    const second = await desk.call('1002');
    await second.reached('answered');
    await pause(800);
    await first.transferInto(second);
    await pause(1_200);
    call.hangUp();
    await over(1);
    const climbing = await bed.office.telco.call(DID.direct, { number: '12%2F..%2F34' });
    await climbing.reached('answered');
    climbing.after(1_000, () => climbing.hangUp());
    await over(2);

    const place = localPlace({ onPbx: bed.office.recordings, here: bed.office.recordings });
    const looked = await lookTwice(
      { id: 'office', place, timeZone: zone, memory: createScanMemory() },
      { now: Date.now, wait: (ms) => pause(ms), settling: SETTLING },
    );
    const found = reconcileSound({
      base: place,
      clock: createWallClock(zone),
      areaCode: '0954',
      trails: trails(),
      known: [],
      cdr: [],
      files: looked.files,
      from: Date.now() - 600_000,
      to: Date.now() + 600_000,
      now: Date.now(),
      settling: SETTLING,
    });
    const [transferred, climbed] = trails().toSorted((one, other) => one.startedAt - other.startedAt);
    expect(found.counts).toMatchObject({ attached: 3, stray: 0, ambiguous: 0, waiting: 0 });
    expect(found.attachments.map(({ rule }) => rule)).toEqual([
      'name-uniqueid',
      'name-uniqueid',
      'name-uniqueid',
    ]);
    const owned = found.attachments.map(
      ({ trail, file }) => `${trail.call} ${/(external|internal)-\d+|\/34/.exec(file.path)?.[0]}`,
    );
    expect(new Set(owned)).toEqual(
      new Set([
        `${transferred?.call} external-1001`,
        `${transferred?.call} internal-1002`,
        `${climbed?.call} /34`,
      ]),
    );
    expect(found.missing).toEqual([]);
  });
});
