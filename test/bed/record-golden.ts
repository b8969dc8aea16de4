import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { startOffice } from './office.ts';
import { STAGES, storiesFor } from './scenarios/all-stories.ts';
import { playUndisturbed } from './scenarios/undisturbed.ts';

/**
 * `node test/bed/record-golden.ts [part of a name …]`: plays every story (or those whose name holds the text) and
 * writes test/golden/<version>-<story>.ami, as read from the socket, with the agents' truth beside it.
 */
const LARGEST = 200_000;
const folder = new URL('../golden/', import.meta.url);
const wanted = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
for (const stage of STAGES) {
  const stories = storiesFor(stage.version, stage.dialplan).filter(
    (story) => wanted.length === 0 || wanted.some((text) => `${stage.version}-${story.name}`.includes(text)),
  );
  if (stories.length === 0) continue;
  const office = await startOffice(stage);
  try {
    for (const story of stories) {
      const { bytes, truth } = await playUndisturbed(office, story);
      const name = `${stage.version}-${story.name}`;
      // A forward loop or a FreePBX queue is half a megabyte of VarSet; packed it is a few kilobytes.
      const isLarge = bytes.length > LARGEST;
      writeFileSync(
        new URL(isLarge ? `${name}.ami.gz` : `${name}.ami`, folder),
        isLarge ? gzipSync(bytes, { level: 9 }) : bytes,
      );
      writeFileSync(new URL(`${name}.truth.json`, folder), `${JSON.stringify(truth, null, 2)}\n`);
      process.stdout.write(`${name}: ${bytes.length} bytes, ${truth.calls.length} calls\n`);
    }
  } finally {
    await office.stop();
  }
}
