import { describe, expect, it } from 'vitest';
import { saidSeals } from '../../src/cli/seals.ts';
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
async function stayed(store: Store, turn = 1): Promise<void> {
  const by = { room: 'room-2', account: 'a-1', person: 'zhao' };
  const at = NOON + (turn - 1) * 12 * HOUR;
  const log = { ...by, from: at - 12 * HOUR, name: '赵某', at: at - HOUR };
  const { shifts } = await store.shiftLogShifts('room-2', null, at);
  await done(store, {
    ...{ ...log, from: shifts[0]?.from ?? log.from, type: 'shift-log-add', id: `l-${turn}`, part: 'event' },
    ...{ happenedAt: at - HOUR, text: '巡查' },
  });
  const id = `h-${turn}`;
  await done(store, { ...by, id, at, type: 'hand-over-begin' });
  await done(store, { ...by, id, at: at + 1, type: 'hand-over-end', how: 'stay' });
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

    it('cut off the end of their row, or written anew there, are told by what the audit trail says was sealed', async () => {
      const database = await backEnd.freshOffice();
      const store = await backEnd.open(database);
      for (const turn of [1, 2, 3]) await stayed(store, turn);
      const [last = { log: '' }] = (await backEnd.run(
        database,
        `select log from shift_log_seals where room = 'room-2' order by serial desc limit 1`,
      )) as { log: string }[];
      const missing = async () => (await store.missingSeals()).map(({ what, id, room }) => [what, id, room]);
      const walked = async () =>
        (await store.verifySeals()).map(({ brokenLog, brokenHandOver }) => [brokenLog, brokenHandOver]);
      expect(await missing()).toEqual([]);
      // Another seal under the same place: the row ends well, and no chain sees it.
      const other = `'${'0'.repeat(64)}'`;
      await backEnd.run(
        database,
        `update shift_log_seals set digest = ${other} where room = 'room-2' and log = '${last.log}'`,
      );
      expect(await missing()).toEqual([['log', last.log, 'room-2']]);
      await backEnd.run(database, `delete from shift_log_seals where log = '${last.log}'`);
      await backEnd.run(database, `delete from hand_overs where id in ('h-2', 'h-3')`);
      // What is left fits, each over the one before.
      expect(await walked()).toEqual([[null, null]]);
      expect(await store.missingSeals()).toEqual([
        { what: 'hand-over', id: 'h-2', at: NOON + 12 * HOUR + 1, room: 'room-2' },
        { what: 'log', id: last.log, at: NOON + 24 * HOUR + 1, room: 'room-2' },
        { what: 'hand-over', id: 'h-3', at: NOON + 24 * HOUR + 1, room: 'room-2' },
      ]);
      // Lines of before they had the seal, or whose text is erased, say that it was signed.
      const texts = await backEnd.run(database, 'select entry, payload_json from audit_texts');
      await backEnd.run(database, `update audit_texts set payload_json = '{}'`);
      expect(await missing()).toEqual([
        ['hand-over', 'h-2', null],
        ['log', last.log, 'room-2'],
        ['hand-over', 'h-3', null],
      ]);
      for (const { entry, payload_json } of texts as { entry: number; payload_json: string }[])
        await backEnd.run(
          database,
          `update audit_texts set payload_json = '${payload_json}' where entry = ${entry}`,
        );
      // With its log gone, too, the line of the trail knows the room.
      await backEnd.run(database, `delete from shift_logs where id = '${last.log}'`);
      await backEnd.run(database, `delete from shift_log_seals`);
      await backEnd.run(database, `delete from hand_overs`);
      expect(await store.verifySeals()).toEqual([]);
      const all = await store.missingSeals();
      expect(all.map(({ what, room }) => [what, room])).toEqual(
        [1, 2, 3].flatMap(() => [
          ['log', 'room-2'],
          ['hand-over', 'room-2'],
        ]),
      );
      const said = saidSeals(
        { rooms: [], missing: all.slice(-1), audit: true },
        new Map([['room-2', '区政府值班室']]),
        'Asia/Shanghai',
      );
      expect(said).toEqual([
        'room-2 区政府值班室: 缺少封存：审计记录载明 2026-11-24 12:00 已封存的交接班（h-3），现已找不到或被改写，请与备份核对。 ' +
          'Missing: the audit trail has 交接班 (h-3) sealed 2026-11-24 12:00; that seal is gone or was written anew. Compare with a backup.',
      ]);
    });

    it('of hand-overs are walked by a page as far as it asks, by the command all', async () => {
      const database = await backEnd.freshOffice();
      const store = await backEnd.open(database);
      for (const turn of [1, 2, 3, 4]) await stayed(store, turn);
      const chain = (latest?: number) => store.handOverChain('room-2', latest);
      expect([await chain(), await chain(1), await chain(3), await chain(100)]).toEqual([
        ...[null, null, null, null],
      ]);
      const change = (id: string, from: string, to: string) =>
        backEnd.run(
          database,
          `update hand_overs set hand_over_json = replace(hand_over_json, '"${from}"', '"${to}"') where id = '${id}'`,
        );
      await change('h-2', 'stayed', 'done');
      expect([await chain(), await chain(2), await chain(3)]).toEqual(['h-2', null, 'h-2']);
      await change('h-2', 'done', 'stayed');
      // One taken out from before those that are walked.
      await backEnd.run(database, `delete from hand_overs where id = 'h-2'`);
      expect([await chain(), await chain(1), await chain(2)]).toEqual(['h-3', null, 'h-3']);
      // Two over the same one.
      await backEnd.run(
        database,
        `insert into hand_overs
         select 'h-9', room, begun_at, state, hand_over_json, on_duty_json, closed_at, salt, sealed_json, previous, digest
         from hand_overs where id = 'h-4'`,
      );
      expect([await chain(1), await chain(2), await chain(3)]).toEqual(['h-9', 'h-4', 'h-3']);
    });
  });
});
