/** What a walk of a folder of recordings remembers, and what it counts. */

/** What one walk leaves for the next; of one base folder. It may be thrown away at any time. */
export interface ScanMemory {
  readonly folders: Map<string, RememberedFolder>;
}

export interface RememberedFolder {
  readonly mtimeMs: number;
  readonly files: readonly RememberedFile[];
  readonly folders: readonly string[];
  readonly counts: Skipped;
}

export interface RememberedFile {
  readonly name: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** Last written long before we looked: it will not be looked at again while its folder stays as it is. */
  readonly old: boolean;
}

/** What was not given out, and why. */
export interface ScanCounts extends Skipped {
  files: number;
  folders: number;
  /** Folders answered from memory. */
  remembered: number;
  /** Folders that could not be read: what lies in them is not known. */
  unreadable: number;
  /** Codes of the first few of them, such as `EACCES`. */
  readonly troubles: string[];
  tooDeep: number;
  /** The walk was cut short: there is more than is looked at. */
  truncated: boolean;
}

export interface Skipped {
  links: number;
  /** Not files of sound, or not files at all. */
  others: number;
  /** Names that cannot be asked for again: control characters, broken UTF-8, longer than is kept. */
  badNames: number;
}

/** Remembers nothing yet. */
export function createScanMemory(): ScanMemory {
  return { folders: new Map() };
}
