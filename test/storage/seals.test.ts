import { describe, expect, it } from 'vitest';
import { sealOf } from '../../src/storage/hand-over-seal.ts';
import { type SealedContent, sealedLogText } from '../../src/storage/shift-log-seal.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON } from './telling.ts';

const HOUR = 3_600_000;
/** More than are read at a time. */
const MANY = 205;
const SALT = '00';

/** A row of `shift_log_seals`; the serial-th shift of the room, with one line. */
function sealRow(serial: number, previous: string | null) {
  const from = NOON + serial * HOUR;
  const line = {
    ...{ id: `l-${serial}`, part: 'event', at: from, placeAt: from, enteredAt: from },
    source: null,
  };
  const content: SealedContent = {
    ...{ log: `log-${serial}`, room: ROOM, from, to: from + HOUR, at: from + HOUR, handOver: null },
    counts: { inbound: 0, outbound: 0, missed: 0, calledBack: 0, noRecord: 0 },
    lines: [{ ...line, part: 'event', text: '巡查', edited: true, ticked: true, late: false, by: null }],
    openings: [],
  };
  const sealed = sealedLogText(content, SALT);
  const digest = sealOf(previous, sealed);
  const values = [content.log, SALT, JSON.stringify(content), sealed, previous, digest];
  const [log, ...texts] = values.map((value) => (value === null ? 'null' : `'${value}'`));
  return { digest, row: `('${ROOM}', ${serial}, ${log}, ${content.at}, ${texts.join(', ')})` };
}

/** Nobody comes: the shift of room-2 is sealed, with a line in its log. */
async function stayed(store: Store): Promise<void> {
  const by = { room: 'room-2', account: 'a-1', person: 'zhao' };
  const log = { ...by, from: NOON - 12 * HOUR, name: '赵某', at: NOON - HOUR };
  const { shifts } = await store.shiftLogShifts('room-2', null, NOON);
  await done(store, {
    ...{ ...log, from: shifts[0]?.from ?? log.from, type: 'shift-log-add', id: 'l-1', part: 'event' },
    ...{ happenedAt: NOON - HOUR, text: '巡查' },
  });
  await done(store, { ...by, id: 'h-1', at: NOON, type: 'hand-over-begin' });
  await done(store, { ...by, id: 'h-1', at: NOON + 1, type: 'hand-over-end', how: 'stay' });
}

describe('seals', () => {
  onBothBackEnds((backEnd) => {
    it('are walked in every room from the first; the first that does not fit is named', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      const shift = {
        id: 's',
        room: 'room-2',
        from: NOON - 12 * HOUR,
        to: NOON,
        leaders: [],
        officers: ['zhao'],
      };
      await done(store, { type: 'office-import', office: { ...OFFICE, shifts: [shift] }, at: 0 });
      expect(await store.verifySeals()).toEqual([]);
      await stayed(store);
      const rows: string[] = [];
      for (let previous: string | null = null; rows.length < MANY; ) {
        const { digest, row } = sealRow(rows.length + 1, previous);
        previous = digest;
        rows.push(row);
      }
      await backEnd.run(
        database,
        `insert into shift_log_seals (room, serial, log, at, salt, content_json, sealed_json, previous, digest)
         values ${rows.join(', ')}`,
      );
      const whole = { brokenLog: null, brokenHandOver: null };
      expect(await store.verifySeals()).toEqual([
        { room: ROOM, name: '市政府总值班室', logs: MANY, handOvers: 0, ...whole },
        { room: 'room-2', name: '区政府值班室', logs: 1, handOvers: 1, ...whole },
      ]);
      const broken = async () =>
        (await store.verifySeals()).map(({ brokenLog, brokenHandOver }) => [brokenLog, brokenHandOver]);
      await backEnd.run(
        database,
        `update shift_log_seals set content_json = replace(content_json, '巡查', '未巡查')
         where room = '${ROOM}' and serial = 203`,
      );
      expect((await broken())[0]).toEqual([NOON + 203 * HOUR, null]);
      // The list looks at the latest; those fit.
      expect([await store.shiftLogChain(ROOM, 2), await store.shiftLogChain(ROOM, 3)]).toEqual([
        ...[null, NOON + 203 * HOUR],
      ]);
      await backEnd.run(database, `delete from shift_log_seals where room = '${ROOM}' and serial = 1`);
      await backEnd.run(
        database,
        `update hand_overs set hand_over_json = replace(hand_over_json, '"stayed"', '"done"')`,
      );
      expect(await broken()).toEqual([
        [NOON + 2 * HOUR, null],
        [null, { id: 'h-1', closedAt: NOON + 1 }],
      ]);
    });
  });
});
