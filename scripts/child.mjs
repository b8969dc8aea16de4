/** Runs another program for the set-up and the tests: its output goes through, or is kept for the one line that says why it failed. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { repository } from './node24.mjs';

/** Runs a program with its output shown as it comes; resolves to its exit code (128 + n after a signal, 127 when not found). */
export function show(program, args, env = process.env) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: repository, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => done(127));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Runs a program silently; resolves to `{ code, output }`, output being the last 64 kB of both streams together. */
export function keep(program, args, env = process.env) {
  return new Promise((done) => {
    let output = '';
    const child = spawn(program, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk) => {
      output = (output + chunk).slice(-65_536);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (failure) => done({ code: 127, output: failure.message }));
    child.on('close', (code) => done({ code: code ?? 143, output }));
  });
}

/** Whether a program of that name can be started: on PATH, or in one of the further folders. */
export function isInstalled(name, furtherFolders = []) {
  const folders = [...(process.env.PATH ?? '').split(':'), ...furtherFolders];
  return folders.some((folder) => folder !== '' && isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
