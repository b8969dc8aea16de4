/** Real calls whose sound is kept and measured before a page test goes on. */
import { expect } from 'vitest';
import type { RecordingRow } from '../../src/storage/store/recordings.ts';
import { DID } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import type { OfficeService } from '../web/office-service.ts';

/** Every recording the service keeps. */
export async function keptRecordings(bed: OfficeService): Promise<readonly RecordingRow[]> {
  const { store } = bed.service;
  const rows = await store.keptSounds(null, 500);
  const found = await Promise.all(rows.map(({ id }) => store.recording(id)));
  return found.filter((row) => row !== undefined);
}

/** A call of some seconds with both sides talking; resolves when its sound is kept and measured. */
export async function realCall(
  office: Office,
  bed: OfficeService,
  number: string,
  talkMs: number,
): Promise<RecordingRow> {
  const before = new Set((await keptRecordings(bed)).map(({ id }) => id));
  const call = await office.telco.call(DID.direct, { number });
  await call.reached('answered');
  call.after(talkMs, () => call.hangUp());
  await call.reached('ended');
  const done = async () =>
    (await keptRecordings(bed)).find(
      ({ id, part, judgement }) => !before.has(id) && part === 'talk' && judgement !== null,
    );
  await expect.poll(done, { timeout: 20_000 }).toBeDefined();
  const row = await done();
  if (row === undefined) throw new Error('the talk was not kept');
  return row;
}
