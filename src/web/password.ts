/**
 * Passwords and PINs as argon2id hashes in PHC text (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`). Node 24 has the function
 * but returns raw bytes, so the text form is ours. Parameters are OWASP's smallest recommended set: 19 MiB, 2 passes,
 * about 50 ms on an office PC; an old hash keeps its own parameters.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Longest text that is hashed: bounds the work a stranger can ask for. */
const LONGEST_BYTES = 1_024;

/** Two at once leave Node's four worker threads free for files; more than the queue means somebody is flooding log-in. */
const AT_ONCE = 2;
const LONGEST_QUEUE = 32;

/** Same cost as a real one, for accounts that do not exist; no password hashes to it. */
const NOBODY = phc(MEMORY_KIB, PASSES, 1, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

let running = 0;
const waiting: (() => void)[] = [];

/** Hash for storage. Throws on text above 1,024 bytes: the password rule refuses it long before. */
export async function hashPassword(password: string): Promise<string> {
  if (Buffer.byteLength(password) > LONGEST_BYTES) throw new Error('password above the length limit');
  const salt = randomBytes(SALT_BYTES);
  const hash = await inTurn(() => derive(password, salt, MEMORY_KIB, PASSES, 1, HASH_BYTES));
  return phc(MEMORY_KIB, PASSES, 1, salt, hash);
}

export type Verdict = 'right' | 'wrong' | 'busy';

/**
 * Whether `password` belongs to the stored hash. `stored` null (no such account) costs the same time and is 'wrong';
 * so is a stored text that cannot be read. 'busy' when too many log-ins wait already.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<Verdict> {
  if (waiting.length >= LONGEST_QUEUE) return 'busy';
  if (Buffer.byteLength(password) > LONGEST_BYTES) return 'wrong';
  const parts = parsePhc(stored ?? NOBODY) ?? parsePhc(NOBODY);
  if (parts === null) throw new Error('the built-in hash must parse');
  const hash = await inTurn(() =>
    derive(password, parts.salt, parts.memory, parts.passes, parts.lanes, parts.hash.length),
  );
  return timingSafeEqual(hash, parts.hash) && stored !== null ? 'right' : 'wrong';
}

interface PhcParts {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function parsePhc(text: string): PhcParts | null {
  const found =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/.exec(
      text,
    );
  if (found === null) return null;
  const [, memory = '', passes = '', lanes = '', salt = '', hash = ''] = found;
  return {
    memory: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function phc(memory: number, passes: number, lanes: number, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function derive(
  password: string,
  nonce: Buffer,
  memory: number,
  passes: number,
  parallelism: number,
  tagLength: number,
): Promise<Buffer> {
  // Full-width digits and composed letters are typed differently by different input methods; NFKC makes them one.
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength }, (error, tag) =>
      error === null ? resolve(tag) : reject(error),
    );
  });
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
