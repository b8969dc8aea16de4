/**
 * `npm run bench -- reconcile [files]`: how long 10,000 files of a PBX take to reconcile with the calls of a real store,
 * the first time (everything is looked at) and every time after that. The target is 10 s after the first look.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { reconcileSound } from '../../src/recordings/matching/reconcile.ts';
import { createScanMemory } from '../../src/recordings/matching/scan-memory.ts';
import { createWallClock } from '../../src/recordings/matching/wall-clock.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { reconcile } from '../../src/service/reconcile.ts';
import { lookTwice, type ReconciledPbx } from '../../src/service/reconciled-pbx.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { type ManyFiles, writeManyFiles, ZONE } from '../recordings/matching/many-files.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { answeredCall } from '../storage/telling.ts';

/** Prints one line for each step. */
export async function run([files = '10000']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-bench-reconcile-'));
  const monitor = join(folder, 'monitor');
  try {
    const many = writeManyFiles(monitor, Number(files));
    const store = await openStore({ database: join(folder, 'bench.db'), rules: RULES });
    await fill(store, many);
    await measure(store, many, { monitor, library: join(folder, 'library') });
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Places {
  readonly monitor: string;
  readonly library: string;
}

async function measure(store: Store, many: ManyFiles, { monitor, library }: Places): Promise<void> {
  const place = localPlace({ onPbx: '/var/spool/asterisk/monitor', here: monitor });
  const pbx: ReconciledPbx = { id: PBX, place, timeZone: ZONE, memory: createScanMemory() };
  // The quiet time for growing files is no work: it passes at once.
  let later = 10 * 60_000;
  const wait = (ms: number) => {
    later += ms;
    return Promise.resolve();
  };
  const now = () => Date.now() + later;
  const looked = await timed('first look at every file', () => lookTwice(pbx, { now, wait }));
  const trails = await timed('calls read from the store', () => store.soundTrails(PBX, many.from, many.to));
  const given = { base: place, clock: createWallClock(ZONE), areaCode: '0954', cdr: [], ...many, now: now() };
  const found = await timed('decided, event loop held', () =>
    Promise.resolve(reconcileSound({ ...given, trails, known: [], files: looked.files })),
  );
  process.stdout.write(
    `${looked.files.length} files, ${trails.length} calls: ${JSON.stringify(found.counts)}\n`,
  );

  // What is found is made known without copying it: how fast sound is copied is another bench's question.
  const works = found.attachments.flatMap(({ trail, file, rule, uniqueid, part, mode }): Work[] => {
    const pbxPath = join(place.onPbx, file.path);
    const recording = recordingIdOf(PBX, pbxPath, trail.linkedid, file.mtimeMs);
    const { linkedid, generation } = trail;
    const at = now();
    const known = {
      recording,
      pbx: PBX,
      linkedid,
      generation,
      uniqueid,
      part,
      mode,
      pbxPath,
      foundBy: rule,
      at,
    };
    const attached = {
      recording,
      file: 'f',
      bytes: file.bytes,
      seconds: 1,
      sha256: 's',
      repaired: false,
      at,
    };
    return [
      { type: 'recording-report', report: { type: 'recording-known', ...known } },
      { type: 'recording-report', report: { type: 'recording-attached', ...attached } },
    ];
  });
  await write(store, works);
  const request = {
    store,
    areaCode: '0954',
    library: createRecordingLibrary(library),
    report: () => Promise.reject(new Error('nothing is left to be taken over')),
    onSecurity: () => undefined,
    now,
    wait,
    pbxs: [pbx],
    from: many.from,
    to: now(),
  };
  for (const round of ['whole reconciliation, the strays new', 'whole reconciliation again']) {
    const report = await timed(round, () => reconcile(request));
    const [only] = report.pbxs;
    if (only === undefined || only.state === 'cannot-look') throw new Error('nothing was looked at');
    const { remembered, folders } = only.looked;
    process.stdout.write(
      `  ${JSON.stringify(only.counts)}, ${remembered} of ${folders} folders from memory\n`,
    );
  }
}

/** The calls of the files, each as the tracker tells it. */
async function fill(store: Store, many: ManyFiles): Promise<void> {
  const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
  await store.write([{ type: 'office-import', office: { ...OFFICE, lines }, at: 0 }]);
  await write(
    store,
    many.trails.flatMap(({ linkedid, startedAt }) => answeredCall(linkedid, startedAt)),
  );
}

async function write(store: Store, works: readonly Work[]): Promise<void> {
  for (let from = 0; from < works.length; from += 500) {
    const results = await store.write(works.slice(from, from + 500));
    const refused = results.find((result) => !result.ok);
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
  }
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  process.stdout.write(`${what}: ${Math.round(performance.now() - begun)} ms\n`);
  return result;
}
