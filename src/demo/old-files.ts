import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT_MS = 600_000;
/** As the recorder session names its files; nothing else in the folder is touched. */
const RECORDING = /^\d+\.\d+-\d+(-[a-z]+)?\.wav$/;

/** Makes the folder, and takes away what was recorded more than ten minutes ago. */
export async function clearOld(folder: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (RECORDING.test(name) && now - (await stat(path)).mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}
