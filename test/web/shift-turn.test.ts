import { expect, it } from 'vitest';
import { loggedIn } from './browser.ts';
import { startWebBed } from './web-bed.ts';

it('shows who is on duty when the shift turns, with nobody touching anything', async () => {
  let ahead = 0;
  const turn = Date.now() + 3_600_000;
  const bed = await startWebBed({ shiftLookMs: 20 }, { clock: () => Date.now() + ahead });
  try {
    const office = await bed.store.office();
    const shift = {
      id: 'before',
      room: 'r-county',
      leaders: [],
      from: null,
      to: turn,
      officers: ['p-zhang'],
    };
    const next = { ...shift, id: 'after', from: turn, to: null, officers: ['p-li'] };
    await bed.intake.work({
      type: 'office-import',
      office: { ...office, shifts: [shift, next] },
      at: Date.now(),
    });
    const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
    const page = await browser.open();
    const snapshot = await page.next('snapshot');
    expect(snapshot.room.onDuty.officers).toMatchObject([{ id: 'p-zhang' }]);
    ahead = 2 * 3_600_000;
    const { changes } = await page.next('delta', (delta) =>
      delta.changes.some(({ entity }) => entity === 'room'),
    );
    expect(changes[0]).toMatchObject({ view: { onDuty: { officers: [{ id: 'p-li' }] } } });
    page.close();
  } finally {
    await bed.close();
  }
});
