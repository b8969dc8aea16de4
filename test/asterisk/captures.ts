import { readdirSync, readFileSync } from 'node:fs';

/** A capture of a real Asterisk: what one AMI connection sent during one call, greeting and log-in included. */
export interface Capture {
  readonly file: string;
  readonly bytes: Buffer;
}

const FOLDER = new URL('../golden-samples/', import.meta.url);
const GOLDEN = new URL('../golden/', import.meta.url);

/** All captures, of Asterisk 22 and 16. */
export const CAPTURES: readonly Capture[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ami'))
  .sort()
  .map((file) => ({ file, bytes: readFileSync(new URL(file, FOLDER)) }));

/** The capture of this file, one of `CAPTURES` or of the golden stories; throws when there is none. */
export function capture(file: string): Capture {
  const found = CAPTURES.find((one) => one.file === file);
  return found ?? { file, bytes: readFileSync(new URL(file, GOLDEN)) };
}
