/**
 * Keeps and copies sound on disks that are full, read-only or gone, and says on standard output what came of it. Started
 * under `unshare -Urm`: there every user may mount what he likes, and nobody outside sees it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRecordingLibrary } from '../../../src/recordings/library.ts';
import { roomOn } from '../../../src/recordings/vault/disk.ts';
import { createSecondCopy } from '../../../src/recordings/vault/second-copy.ts';
import { troubleOf } from '../../../src/recordings/vault/sound-trouble.ts';
import { content, KEYS, pieces, recordingId } from './sounds.ts';

const root = process.argv[2] ?? '';
const asRoot = (command: 'mount' | 'umount', ...args: readonly string[]) => execFileSync(command, args);
const mount = (...args: readonly string[]) => asRoot('mount', ...args);
const [recordings, disk, copyFolder] = ['recordings', 'disk', 'copy'].map((name) => {
  mkdirSync(join(root, name));
  return join(root, name);
}) as [string, string, string];
const told: Record<string, unknown> = {};
const names = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== 'dutyline-recordings.id')
    .toSorted();

mount('-t', 'tmpfs', '-o', 'size=1m', 'none', recordings);
const library = createRecordingLibrary(recordings, KEYS);
const attempt = (n: number, bytes: number) =>
  library.keepStream(recordingId(n), 'wav', pieces(content(bytes))).then(
    () => 'kept',
    (failure: unknown) => troubleOf(failure).code,
  );
told.small = await attempt(1, 200_000);
told.tooLarge = await attempt(2, 3_000_000);
told.leftByTooLarge = names(recordings).filter((name) => !/^\d+(\/\d+)*$/.test(name)).length;
told.smallAfterwards = await attempt(3, 200_000);
const room = await roomOn(recordings);
told.totalBytes = room.state === 'known' ? room.totalBytes : room.trouble.code;

mount('-t', 'tmpfs', '-o', 'size=300k', 'none', disk);
mount('--bind', disk, copyFolder);
const copy = createSecondCopy({ library, folder: copyFolder, keys: KEYS, now: () => 0 });
const stateOf = (outcome: Awaited<ReturnType<typeof copy.copy>>) =>
  outcome.state === 'unreachable' ? outcome.trouble.code : outcome;
told.copied = stateOf(await copy.copy(recordingId(1), new Map()));
told.copyFull = stateOf(await copy.copy(recordingId(3), new Map()));
told.leftOnFullCopy = names(disk).filter((name) => name.endsWith('.part')).length;

asRoot('umount', copyFolder);
told.unmounted = stateOf(await copy.copy(recordingId(1), new Map()));
told.erasedUnmounted = (await copy.shred(recordingId(1))).state;
told.onMountPoint = names(copyFolder);

mount('--bind', disk, copyFolder);
mount('-o', 'remount,bind,ro', copyFolder);
told.standsReadOnly = stateOf(await copy.copy(recordingId(1), new Map()));
told.readOnly = stateOf(await copy.copy(recordingId(3), new Map()));
const erased = await copy.shred(recordingId(1));
told.erasedReadOnly = erased.state === 'done' ? 'done' : erased.trouble.code;
process.stdout.write(JSON.stringify(told));
