import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FaultPoint } from './fault-points.ts';

const VICTIM = fileURLToPath(new URL('./victim.ts', import.meta.url));

/** At a place, or so many ms after its start, wherever it is then. */
export type KillOrder = { readonly at: FaultPoint } | { readonly afterMs: number };

/** Starts a service on a scene and kills it. False: it was done before. Rejects when it ends in any other way. */
export function killVictim(folder: string, order: KillOrder): Promise<boolean> {
  const point = 'at' in order ? order.at : '';
  const victim = spawn(process.execPath, [VICTIM, folder, point], { stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = 'afterMs' in order ? setTimeout(() => victim.kill('SIGKILL'), order.afterMs) : undefined;
  return new Promise((resolve, reject) => {
    victim.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the victim ended with ${code ?? signal}`));
    });
  });
}
