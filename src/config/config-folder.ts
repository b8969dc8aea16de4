import { join } from 'node:path';
import type { Environment } from './yaml-file.ts';

/** Folder of the configuration: as a command was told, else `DUTYLINE_CONFIG`, else `config/` of the program. */
export function configFolder(told: string | undefined, env: Environment): string {
  return told ?? (env.DUTYLINE_CONFIG || join(import.meta.dirname, '../../config'));
}
