import type { Environment } from './yaml-file.ts';

/** What reading one entry of `dutyline.yaml` needs: where paths begin, the environment, and where mistakes go. */
export interface Reader {
  /** A path of the file as an absolute one: relative paths start at the folder of the file. */
  readonly at: (path: string) => string;
  readonly env: Environment;
  /** False: a password that is not there is left empty. */
  readonly needSecrets: boolean;
  readonly refuse: (path: readonly PropertyKey[], message: string) => void;
  /** False: something at or below this path was refused, and what is not there may only be missing for that reason. */
  readonly isWholeAt: (path: readonly PropertyKey[]) => boolean;
  readonly isFromEnvironment: (path: readonly PropertyKey[]) => boolean;
}
