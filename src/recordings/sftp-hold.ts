/** How long a machine that could not be asked is left alone. */
import type { SftpTrouble, SftpTroubleCode } from './sftp-trouble.ts';

export interface HoldTiming {
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /**
   * After a refusal that only a person can mend. A stranger's host key is not knocked at again and again, and FreePBX's
   * fail2ban shuts out an address whose log-in fails a few times.
   */
  readonly refusedBackOffMs: number;
}

export interface Hold {
  /** Why it is not to be asked now; null: it may be. */
  now(): SftpTrouble | null;
  failed(trouble: SftpTrouble): void;
  succeeded(): void;
  /** A person has mended something: it may be asked at once. */
  askAgain(): void;
  /** The last failure since it succeeded, held or not. */
  trouble(): SftpTrouble | null;
}

const FOR_A_PERSON: readonly SftpTroubleCode[] = [
  'sftp-host-key-changed',
  'sftp-key-refused',
  'sftp-key-unusable',
  'sftp-not-offered',
];

/** Twice as long after each failure, with up to a half taken off by chance. */
export function createHold(timing: HoldTiming): Hold {
  let held: { readonly trouble: SftpTrouble; readonly failures: number; readonly until: number } | null =
    null;
  return {
    now: () => (held !== null && Date.now() < held.until ? held.trouble : null),
    failed(trouble) {
      const failures = (held?.failures ?? 0) + 1;
      const whole = FOR_A_PERSON.includes(trouble.code)
        ? timing.refusedBackOffMs
        : Math.min(timing.longestBackOffMs, timing.firstBackOffMs * 2 ** Math.min(failures - 1, 16));
      held = { trouble, failures, until: Date.now() + whole / 2 + Math.random() * (whole / 2) };
    },
    succeeded() {
      held = null;
    },
    askAgain() {
      if (held !== null) held = { ...held, until: 0 };
    },
    trouble: () => held?.trouble ?? null,
  };
}
