#!/usr/bin/env node
/**
 * Runs one of our TypeScript files with Node 24, whatever Node this is: `node scripts/run.mjs src/main.ts …`.
 * Already on Node 24, it loads the file into this very process, so that a signal, `kill -9` too, meets the service itself.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findNode24, isNewEnough, repository } from './node24.mjs';

/**
 * V8 guards its code pages by keys of the processor where it has them (PKU), and its list of those pages is not kept right
 * when threads come and go: `Check failed: jit_page.has_value()` then ends the whole process (seen on Node 24.21 with our
 * writer's thread, in a test that opens many stores; nodejs/node#64500). Without the guard nothing looks the list up.
 */
const SOUND_V8 = ['--no-memory-protection-keys'];

/** Runs `file` (relative to the repository) with `args`; ends this process with the file's own exit code or signal. */
export async function runWithNode24(file, args) {
  const script = resolve(repository, file);
  if (isNewEnough() && SOUND_V8.every((flag) => process.execArgv.includes(flag))) {
    process.argv = [process.execPath, script, ...args];
    await import(pathToFileURL(script).href);
    return;
  }
  const child = spawn(findNode24(), [...SOUND_V8, script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (failure) => {
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) throw new Error('usage: node scripts/run.mjs FILE [ARGUMENT…]');
  await startOrSayWhy(() => runWithNode24(file, args));
}

/** Without Node 24 one line says so; any other failure is a mistake of ours and keeps its stack. */
export async function startOrSayWhy(start) {
  try {
    await start();
  } catch (failure) {
    if (!String(failure?.message).startsWith('Node 24 is missing')) throw failure;
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = 1;
  }
}
