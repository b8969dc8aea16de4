/**
 * The keys under which sound is encrypted where it lies. A file names its key by an id that is computed from the key, so
 * that nothing has to be numbered by hand and a key that comes back is known again.
 */
import { hkdfSync } from 'node:crypto';

export interface SealingKey {
  /** 8 bytes; says nothing about the key. */
  readonly id: Buffer;
  /** The key of one file from its salt. 32 bytes. */
  fileKey(salt: Uint8Array): Buffer;
}

export interface SealingKeys {
  /** The key that seals what is kept from now on; null: it is kept as it is. */
  readonly sealing: SealingKey | null;
  /** The key of that id, null when it is not configured. */
  byId(id: Uint8Array): SealingKey | null;
}

/** No encryption: new sound is kept plain, and what was sealed once cannot be opened. */
export const NO_KEYS: SealingKeys = { sealing: null, byId: () => null };

const KEY_BYTES = 32;

/** The first of `masters` seals, all of them open. Each is 32 bytes; throws when one is not. */
export function createSealingKeys(masters: readonly Uint8Array[]): SealingKeys {
  const keys = masters.map(sealingKey);
  return {
    sealing: keys[0] ?? null,
    byId: (id) => keys.find((key) => key.id.equals(id)) ?? null,
  };
}

/** HKDF-SHA256 (RFC 5869); the two purposes differ in `info`, so that the id gives away nothing of any file's key. */
function sealingKey(master: Uint8Array): SealingKey {
  if (master.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes, not ${master.length}`);
  const secret = Uint8Array.from(master);
  const derive = (salt: Uint8Array, info: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
  return {
    id: derive(new Uint8Array(), 'dutyline sound: key id', 8),
    fileKey: (salt) => derive(salt, 'dutyline sound: file key v1', KEY_BYTES),
  };
}
