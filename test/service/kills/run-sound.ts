/** The parts of the service that look after sound, put together as the service does, on the folder of a scene, until all is done. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingReport } from '../../../src/calls/recording-report.ts';
import { createRecorder } from '../../../src/recordings/recorder.ts';
import { createRecordingPlaces } from '../../../src/service/recording-places.ts';
import { createSoundOffice } from '../../../src/service/sound-office.ts';
import { openSoundStore } from '../../../src/service/sound-store.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import type { Work } from '../../../src/storage/work.ts';
import { OFFICE, PBX, RULES } from '../../storage/office.ts';
import {
  copyWithFaults,
  libraryWithFaults,
  type Reached,
  reportWithFaults,
  workWithFaults,
} from './fault-points.ts';
import { configOf, orderedIn } from './scene-folder.ts';

/** Resolves when nothing is left to be done; `reached` may kill the process before. */
export async function runSound(folder: string, reached: Reached): Promise<void> {
  const config = configOf(folder);
  const [pbx] = config.pbxs;
  const ordered = await orderedIn(folder);
  const store = await openStore({ database: join(folder, 'db.sqlite'), rules: RULES });
  const opened = openSoundStore(config.storage, Date.now, () => store.hasKeptSound());
  if (pbx?.recordings == null || opened.copy === null) throw new Error('no PBX, or no second copy');
  const library = libraryWithFaults(opened.library, ordered, reached);
  const sounds = { library, copy: copyWithFaults(opened.copy, reached) };

  const work = (one: Work) =>
    workWithFaults(one, reached, async () => {
      const [result] = await store.write([one]);
      if (result === undefined) throw new Error('no answer');
      for (const effect of result.ok ? result.effects : []) office.take(effect);
      return result;
    });
  const report = (one: RecordingReport) =>
    reportWithFaults(one, ordered, reached, () => work({ type: 'recording-report', report: one }));
  const places = createRecordingPlaces(config.pbxs, join(folder, 'fetched'));
  const lines = OFFICE.lines.filter((line) => line.pbx === PBX);
  const office = createSoundOffice({
    config,
    pbxs: config.pbxs,
    office: OFFICE,
    store,
    sounds,
    work,
    report,
    onSecurity: () => undefined,
    places,
    setups: [{ pbx: PBX, trunks: pbx.trunks, lines }],
    offsetOf: () => 0,
    now: Date.now,
    log: () => undefined,
    reached,
  });
  const recorder = createRecorder(
    {
      now: Date.now,
      library,
      report,
      unfinished: async () => (await store.unfinishedRecordings()).map((row) => ({ ...row })),
      isKnown: async (recording) => (await store.recording(recording)) !== undefined,
      onSecurity: () => undefined,
      onTrouble: () => undefined,
    },
    [
      {
        pbx: PBX,
        place: places.of(PBX),
        onShare: false,
        modes: new Map(lines.map((line) => [line.id, line.recording])),
        hand: null,
      },
    ],
  );
  await recorder.restore(PBX, []);
  office.start();
  await recorder.idle();
  for (;;) {
    const { waiting, running } = await store.effectCounts(Date.now());
    if (waiting + running === 0) break;
    await delay(20);
  }
  await recorder.stop();
  places.close();
  await office.stop();
  await store.close();
}
