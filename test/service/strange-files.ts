/** A PBX leaves a sparse file of 4 GB and random bytes named `.wav` among its recordings; says what came of each of them. */
import { truncateSync } from 'node:fs';
import { wavFile, wavHeader } from '../recordings/wav-file.ts';
import { seeded } from '../support/seeded.ts';
import { diskScene } from './disk-scene.ts';
import { runJobs } from './sound-bed.ts';

const [SPARSE, RANDOM, SOUND, LATER] = [
  '1795406400.0',
  '1795406401.0',
  '1795406402.0',
  '1795406403.0',
] as const;

// Room for all that is sound, and not for 4 GB.
const scene = await diskScene(process.argv[2] ?? '', '32m');
const { store, recordings } = scene;

async function jobs(): Promise<void> {
  const running = runJobs(store, { recordings, copy: null });
  await running.done();
  await running.close();
}

async function standing(linkedid: string) {
  const row = await scene.row(linkedid);
  return [row?.state, row?.judgement?.defects.map(({ kind }) => kind) ?? null];
}

const random = seeded(7);
// As Asterisk leaves the header when it is killed; no size of 32 bits could tell this length.
await scene.call(SPARSE, wavHeader({ length: 44, riffSize: 0, dataSize: 0 }), (path) =>
  truncateSync(path, 2 ** 32 + 1_000_000),
);
await scene.call(
  RANDOM,
  Uint8Array.from({ length: 50_000 }, () => random.below(256)),
);
await scene.call(SOUND, wavFile(32_000));
const before = process.memoryUsage().rss;
await scene.reconcile();
await jobs();
const told = {
  sparse: await standing(SPARSE),
  random: await standing(RANDOM),
  sound: await standing(SOUND),
  half: scene.lying().filter((name) => name.endsWith('.part')),
  givenUp: (await store.failedEffects()).length,
  grownMb: Math.round((process.memoryUsage().rss - before) / 1e6),
};
await scene.call(LATER, wavFile(32_000));
await scene.reconcile();
await jobs();
const after = { later: await standing(LATER), sparseAgain: await standing(SPARSE) };
await store.close();
process.stdout.write(JSON.stringify({ ...told, ...after }));
