/** A disk of its own for the recordings, a PBX's folder, and a store, for scripts started under `unshare -Urm`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createScanMemory } from '../../src/recordings/matching/scan-memory.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { reconcile } from '../../src/service/reconcile.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { answeredCall, NOON } from '../storage/telling.ts';
import { write } from './sound-bed.ts';

const HOUR = 3_600_000;
const asRoot = (command: 'mount' | 'umount', ...args: readonly string[]) => execFileSync(command, args);

export async function diskScene(root: string, size: string) {
  const [disk, recordings, monitor] = ['disk', 'recordings', 'monitor'].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string];
  asRoot('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'none', disk);
  const mount = () => asRoot('mount', '--bind', disk, recordings);
  mount();
  const store = await openStore({ database: join(root, 'db.sqlite'), rules: RULES });
  const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
  await write(store, [{ type: 'office-import', office: { ...OFFICE, lines }, at: 0 }]);
  const place = localPlace({ onPbx: '/m', here: monitor });
  const pbx = { id: PBX, place, timeZone: 'Asia/Shanghai', memory: createScanMemory() };
  const library = createRecordingLibrary(recordings, NO_KEYS, () => store.hasKeptSound());
  const callOf = async (linkedid: string) =>
    (await store.soundTrails(PBX, NOON - HOUR, NOON + HOUR)).find((trail) => trail.linkedid === linkedid)
      ?.call ?? '';

  return {
    store,
    library,
    recordings,
    mount,
    unmount: () => asRoot('umount', recordings),
    callOf,
    /** An answered call whose file the PBX left; `shape` may change it. */
    async call(linkedid: string, bytes: Uint8Array, shape: (path: string) => void = () => undefined) {
      await write(store, answeredCall(linkedid));
      const path = join(monitor, `${linkedid}.wav`);
      writeFileSync(path, bytes);
      shape(path);
      utimesSync(path, (NOON + 10_000) / 1_000, (NOON + 10_000) / 1_000);
    },
    reconcile: () =>
      reconcile({
        store,
        library,
        pbxs: [pbx],
        areaCode: RULES.areaCode,
        from: NOON - HOUR,
        to: NOON + HOUR,
        now: () => NOON + HOUR,
        wait: () => Promise.resolve(),
        onSecurity: () => undefined,
        report: async (report) => {
          await write(store, [{ type: 'recording-report', report }]);
          return { ok: true };
        },
      }),
    async row(linkedid: string) {
      const [row] = await store.recordingsOfCall(await callOf(linkedid));
      return row;
    },
    /** All that lies there but the folders of days and the marker. */
    lying: () =>
      readdirSync(recordings, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !/^\d+(\/\d+)*$/.test(name) && name !== 'dutyline-recordings.id',
      ),
  };
}
