import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly remarks: string;
}

/** Runs the command as a process of its own, as people do. */
export function dutyline(
  args: readonly string[],
  { input = '', env = {} as Record<string, string> } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [join(repository, 'src/cli/main.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  let output = '';
  let remarks = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    remarks += chunk;
  });
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, output, remarks }));
  });
}

/** The shipped configuration in a folder of its own, with its own empty database beside it. */
export function shippedConfig(): {
  readonly folder: string;
  readonly database: string;
  readonly dispose: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), 'dutyline-cli-'));
  const folder = join(root, 'config');
  cpSync(join(repository, 'config'), folder, { recursive: true });
  const database = join(root, 'var/demo/dutyline.sqlite');
  return { folder, database, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
