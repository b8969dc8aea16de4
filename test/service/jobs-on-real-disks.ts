/**
 * Runs the jobs of sound while the disk is full, read-only or gone, and says on standard output what came of it. Started under
 * `unshare -Urm`: there every user may mount what he likes, and nobody outside sees it. Time is moved on by hand.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/storage/open-store.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { keptCall, runJobs, untilNothingIsDue, write } from './sound-bed.ts';

const root = process.argv[2] ?? '';
const asRoot = (command: 'mount' | 'umount', ...args: readonly string[]) => execFileSync(command, args);
const [disk, recordings, copyDisk, copy] = ['disk', 'recordings', 'copy-disk', 'copy'].map((name) => {
  mkdirSync(join(root, name));
  return join(root, name);
}) as [string, string, string, string];
for (const [from, to] of [
  [disk, recordings],
  [copyDisk, copy],
] as const) {
  asRoot('mount', '-t', 'tmpfs', '-o', 'size=2m', 'none', from);
  asRoot('mount', '--bind', from, to);
}

let ahead = 0;
const now = () => Date.now() + ahead;
const store = await openStore({ database: join(root, 'db.sqlite'), rules: RULES });
await write(store, [{ type: 'office-import', office: OFFICE, at: 0 }]);
const told: Record<string, unknown> = {};

/** More looks than an effect has attempts. */
const LOOKS = 7;

/** Runs the jobs again and again, a good minute apart, and says how the recording stands. */
async function look(recording: string, looks: number) {
  const jobs = runJobs(store, { recordings, copy }, now);
  for (let at = 0; at < looks; at += 1) {
    ahead += 61_000;
    await untilNothingIsDue(store, now);
  }
  await jobs.close();
  const row = await store.recording(recording);
  return {
    state: row?.state,
    judged: row?.judgement?.defects ?? null,
    copy: row?.copyState,
    waiting: (await store.pendingEffects()).map(({ kind }) => kind),
    givenUp: (await store.failedEffects()).length,
    ffmpegs: await childrenLeft(),
  };
}

/** Processes of ours that still live, after a moment to die in. */
async function childrenLeft(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim();
    if (children === '' || tries === 100) return children.split(' ').filter(Boolean).length;
    await delay(20);
  }
}

/** Takes all the room there is. */
function fill(folder: string): string {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096, 1));
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure;
  } finally {
    closeSync(file);
  }
  return path;
}

const full = await keptCall(store, recordings, '1.1');
const filler = fill(disk);
told.full = await look(full, LOOKS);
rmSync(filler);
told.roomAgain = await look(full, 2);

const readOnly = await keptCall(store, recordings, '2.1');
asRoot('mount', '-o', 'remount,bind,ro', recordings);
told.readOnly = await look(readOnly, LOOKS);
asRoot('mount', '-o', 'remount,bind,rw', recordings);
told.writable = await look(readOnly, 2);

const gone = await keptCall(store, recordings, '3.1');
asRoot('umount', recordings);
told.gone = await look(gone, LOOKS);
asRoot('mount', '--bind', disk, recordings);
told.mounted = await look(gone, 2);

const copyFull = await keptCall(store, recordings, '4.1');
const copyFiller = fill(copyDisk);
told.copyFull = await look(copyFull, LOOKS);
rmSync(copyFiller);
told.copyRoom = await look(copyFull, 2);

const copyGone = await keptCall(store, recordings, '5.1');
asRoot('umount', copy);
told.copyGone = await look(copyGone, LOOKS);
asRoot('mount', '--bind', copyDisk, copy);
told.copyMounted = await look(copyGone, 2);

const deleted = await keptCall(store, recordings, '6.1');
rmSync(join(recordings, (await store.recording(deleted))?.file ?? ''));
told.deleted = await look(deleted, 1);

await store.close();
process.stdout.write(JSON.stringify(told));
