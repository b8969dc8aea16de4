/**
 * Carries unsent texts to disk and then to the server. Order: disk first, network second; a patch's opId is on disk before
 * the patch leaves. Writes of one entry follow each other and skip to the newest, so a fast typist never queues up.
 */
import type { ClientMessage } from '../web/protocol/client-message.ts';
import { heirless } from './adoption.ts';
import { newId } from './ids.ts';
import { forgetLastWords, noteLastWords, withLastWords } from './last-words.ts';
import { type OutboxStore, openOutboxStore } from './outbox-store.ts';
import { livingTabs } from './tabs.ts';
import { diskKey, mayLeave, type Unsent, type UnsentMap, unsentKey } from './unsent.ts';

/** Quiet after the last key before a patch leaves. */
const QUIET_MS = 300;
/** Somebody who types without a pause is saved at least this often. */
const LONGEST_WAIT_MS = 2_000;
/** What was not answered so long is repeated by its opId: the server may have failed to write it. */
const REPEAT_MS = 5_000;

/** The part of the page's state that must survive a crash. */
export interface Kept {
  readonly unsent: UnsentMap;
  readonly strangers: readonly Unsent[];
}

export interface Outbox {
  /** Reads what dead tabs and earlier loads left behind. */
  readonly adopt: () => Promise<void>;
  /** The state's entries changed: keep them, and send what may leave after a quiet moment. */
  readonly follow: (before: Kept, after: Kept) => void;
  /** Sends everything that may leave now: blur, page hidden, before a registration. */
  readonly flush: () => void;
  /** The link is open again: repeats what is under way, openings first, then sends the rest. */
  readonly resume: () => void;
}

export function createOutbox(deps: {
  readonly client: string;
  readonly kept: () => Kept;
  readonly online: () => boolean;
  readonly send: (message: ClientMessage) => void;
  readonly onAdopted: (entries: readonly Unsent[]) => void;
  readonly onDeparted: (key: string, opId: string) => void;
  readonly onStorageFailed: () => void;
}): Outbox {
  const opened = openOutboxStore().catch((): OutboxStore | null => {
    deps.onStorageFailed();
    return null;
  });
  const begun = new Map<string, Promise<void>>();
  const queued = new Map<string, Promise<void>>();
  const timers = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly since: number }>();

  /** Brings the disk's copy to what the state says when the write begins; joins a write that has not begun yet. */
  function keep(disk: string): Promise<void> {
    const waiting = queued.get(disk);
    if (waiting !== undefined) return waiting;
    const write = (begun.get(disk) ?? Promise.resolve()).then(async () => {
      queued.delete(disk);
      begun.set(disk, write);
      await written(disk);
      if (begun.get(disk) === write) begun.delete(disk);
    });
    queued.set(disk, write);
    return write;
  }

  async function written(disk: string): Promise<void> {
    const store = await opened;
    if (store === null) return;
    const entry = onDisk(deps.kept()).get(disk);
    try {
      await (entry === undefined ? store.remove(disk) : store.put(disk, entry));
      // What was typed while the old text was taken away has nothing but its last words so far.
      if (entry !== undefined || !onDisk(deps.kept()).has(disk)) forgetLastWords(disk, entry ?? null);
    } catch {
      // Disk full or the database gone: the text still stands on screen and goes on to the server.
      deps.onStorageFailed();
    }
  }

  function depart(key: string): void {
    const waiting = timers.get(key);
    if (waiting !== undefined) clearTimeout(waiting.timer);
    timers.delete(key);
    const entry = deps.kept().unsent.get(key);
    if (entry?.kind !== 'text' || !mayLeave(entry) || !deps.online()) return;
    deps.onDeparted(key, newId());
    void keep(diskKey(entry)).then(() => transmit(deps.kept().unsent.get(key)));
  }

  function transmit(entry: Unsent | undefined): void {
    if (entry === undefined || !deps.online()) return;
    if (entry.kind === 'opening') {
      if (entry.refusal === null) deps.send({ type: 'open-by-hand', opId: entry.opId, record: entry.record });
      return;
    }
    if (entry.kind === 'aside') {
      const { opId, record, field, value } = entry;
      deps.send({ type: 'set-aside', opId, record, field, value });
      return;
    }
    const { op, record, field } = entry;
    if (op !== null) deps.send({ type: 'patch', ...op, record, field });
  }

  function plan(key: string): void {
    const now = performance.now();
    const waiting = timers.get(key);
    const since = waiting?.since ?? now;
    if (waiting !== undefined) clearTimeout(waiting.timer);
    const delay = Math.max(0, Math.min(QUIET_MS, since + LONGEST_WAIT_MS - now));
    timers.set(key, { since, timer: setTimeout(() => depart(key), delay) });
  }

  /**
   * What is this tab's own now lies on the disk under its name; then the dead tab's copy may go. Before anything is sent: a copy that
   * outlived its sending would come back as a text that nobody sent.
   */
  async function handedOver(orphans: readonly Unsent[]): Promise<void> {
    const held = onDisk(deps.kept());
    await Promise.all([...held.keys()].map(keep));
    await Promise.all(orphans.map(diskKey).flatMap((disk) => (held.has(disk) ? [] : [keep(disk)])));
  }

  setInterval(() => {
    const late = Date.now() - REPEAT_MS;
    for (const entry of deps.kept().unsent.values()) if (entry.at < late) transmit(entry);
  }, REPEAT_MS);

  function flush(): void {
    for (const key of deps.kept().unsent.keys()) depart(key);
  }

  return {
    adopt: async () => {
      const [store, alive] = await Promise.all([opened, livingTabs(deps.client)]);
      if (store === null) return;
      try {
        const entries = withLastWords(await store.all(), diskKey);
        const orphans = entries.filter((entry) => !alive.has(entry.client));
        const left = heirless(orphans);
        if (left.length > 0) deps.onAdopted(left);
        await handedOver(orphans);
      } catch {
        deps.onStorageFailed();
      }
    },
    follow: (before, after) => {
      const earlier = onDisk(before);
      const now = onDisk(after);
      const kept: Promise<void>[] = [];
      for (const [disk, entry] of now) {
        if (earlier.get(disk) === entry) continue;
        noteLastWords(disk, entry);
        kept.push(keep(disk));
      }
      // A text that changes its owner is written down under the new one before the old copy goes.
      const gone = [...earlier.keys()].filter((disk) => !now.has(disk));
      if (gone.length > 0) void Promise.all(kept).then(() => Promise.all(gone.map(keep)));
      for (const [key, entry] of after.unsent) {
        if (before.unsent.get(key) === entry) continue;
        if (entry.kind === 'text') plan(key);
        else if (!before.unsent.has(key)) void keep(diskKey(entry)).then(() => transmit(entry));
      }
    },
    flush,
    resume: () => {
      const entries = [...deps.kept().unsent.values()];
      for (const entry of entries) if (entry.kind === 'opening') transmit(entry);
      for (const entry of entries) if (entry.kind === 'aside') transmit(entry);
      for (const entry of entries) if (entry.kind === 'text' && entry.op !== null) transmit(entry);
      for (const entry of entries) if (entry.kind === 'text') depart(unsentKey(entry));
    },
  };
}

function onDisk(kept: Kept): ReadonlyMap<string, Unsent> {
  return new Map([...kept.strangers, ...kept.unsent.values()].map((entry) => [diskKey(entry), entry]));
}
