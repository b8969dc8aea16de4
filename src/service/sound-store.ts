/** Where our sound lies, by the configuration: the library, sealed or not, and its second copy. */
import type { StorageConfig } from '../config/config.ts';
import { createRecordingLibrary, type RecordingLibrary } from '../recordings/library.ts';
import type { WasUsed } from '../recordings/vault/library-place.ts';
import { createSealingKeys } from '../recordings/vault/sealing-key.ts';
import { createSecondCopy, type SecondCopy } from '../recordings/vault/second-copy.ts';

export interface SoundStore {
  readonly library: RecordingLibrary;
  /** Null: none is configured. */
  readonly copy: SecondCopy | null;
}

/** `wasUsed`: whether the store knows of sound that lies here, or `NEVER_USED` where a person begins the folder anew. */
export function openSoundStore(storage: StorageConfig, now: () => number, wasUsed: WasUsed): SoundStore {
  const masters = storage.encryption?.keys.map((key) => Buffer.from(key.reveal(), 'hex')) ?? [];
  const keys = createSealingKeys(masters);
  const library = createRecordingLibrary(storage.recordings, keys, wasUsed);
  const { secondCopy } = storage;
  const copy =
    secondCopy === null ? null : createSecondCopy({ library, folder: secondCopy.folder, keys, now });
  return { library, copy };
}
