import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRecordingLibrary } from '../../../src/recordings/library.ts';
import { content, KEYS, pieces, recordingId } from './sounds.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ID = recordingId(1);
const MARKER = 'dutyline-recordings.id';
const AWAY = { state: 'unreachable', trouble: { code: 'library-missing-marker' } };

/** A library of which the store knows that it holds sound, or does not. */
function libraryIn(root: string, used = true) {
  return createRecordingLibrary(root, KEYS, () => Promise.resolve(used));
}

it('a folder is marked with the first sound; one of before there was a marker is taken as it is', async () => {
  const root = join(temporaryFolder(), 'recordings');
  expect(await libraryIn(root, false).trouble()).toBeNull();
  expect(existsSync(root)).toBe(false);
  await libraryIn(root, false).keepStream(ID, 'wav', pieces(content(100)));
  expect(readdirSync(root)).toEqual(['2026', MARKER]);
  rmSync(join(root, MARKER));
  await libraryIn(root).keepStream(recordingId(2), 'wav', pieces(content(100)));
  expect(readdirSync(root)).toEqual(['2026', MARKER]);
  expect(await libraryIn(root).shred(ID)).toMatchObject({ state: 'done', shredded: { files: 1 } });
  // Nothing is left of it, and the disk is there.
  expect(await libraryIn(root).shred(ID)).toMatchObject({ state: 'done', shredded: { files: 0 } });
});

it.each(['a bare mount point', 'no folder at all'])('%s takes no sound, and destroys none', async (what) => {
  const root = join(temporaryFolder(), 'recordings');
  const library = libraryIn(root);
  await libraryIn(root, false).keepStream(ID, 'wav', pieces(content(100)));
  renameSync(root, `${root}.unmounted`);
  if (what === 'a bare mount point') mkdirSync(root);
  expect(await library.trouble()).toMatchObject({ code: 'library-missing-marker' });
  await expect(library.keepStream(recordingId(2), 'wav', pieces(content(100)))).rejects.toMatchObject({
    code: 'library-missing-marker',
  });
  expect(existsSync(root) ? readdirSync(root) : []).toEqual([]);
  const shredded = await library.shred(ID);
  expect(shredded.state).toBe('unreachable');
  if (what === 'a bare mount point') expect(shredded).toMatchObject(AWAY);
  rmSync(root, { recursive: true, force: true });
  renameSync(`${root}.unmounted`, root);
  expect(await library.trouble()).toBeNull();
  await library.keepStream(recordingId(2), 'wav', pieces(content(100)));
  expect(await library.shred(ID)).toMatchObject({ state: 'done', shredded: { files: 1 } });
});

it('a new disk is begun by a person who makes the marker, or restores', async () => {
  const byHand = temporaryFolder();
  writeFileSync(join(byHand, MARKER), '');
  await libraryIn(byHand).keepStream(ID, 'wav', pieces(content(100)));
  const restored = temporaryFolder();
  await libraryIn(restored, false).keepStream(ID, 'wav', pieces(content(100)));
  expect(await libraryIn(restored).trouble()).toBeNull();
});
