/** The only user of ioredis: connections, whether the server answers, and whether it keeps what it is given. */
import { Redis } from 'ioredis';
import type { JobDeps, QueueWarning } from './job-queue.ts';

export interface RedisLink {
  /** For BullMQ to send its commands through. */
  readonly client: Redis;
  /**
   * Asks the server and waits at most `ANSWER_MS`. `away` when it is not connected, does not answer in time or refuses (no
   * memory, no disk, still loading). What it did not answer it may carry out later.
   */
  ask<Value>(question: () => Promise<Value>): Promise<{ readonly value: Value } | 'away'>;
  /** Since when it does not answer, integer ms UTC; null while it does. */
  awaySince(): number | null;
  /** What its settings put at risk, and what it refuses; nothing of its settings until it was reached. */
  warnings(): readonly QueueWarning[];
  /** Called each time it answers again. */
  onBack(listener: () => void): void;
  close(): void;
}

const ANSWER_MS = 3_000;
const LONGEST_PAUSE_MS = 2_000;
/** A blocked wait for a job ends after 10 s at the latest (BullMQ 6.7), so that longer silence is a dead server. */
const SILENCE_MS = 30_000;

/**
 * Connects and keeps connecting; never fails. Commands are refused while there is no connection: ioredis would keep
 * them, and `add` of BullMQ waited for ever (6.7.0 with ioredis 6.0.0, Redis 7.0).
 */
export function openRedis(
  url: string,
  { now, log }: Pick<JobDeps, 'now' | 'log'>,
  timing: { readonly answerMs: number } = { answerMs: ANSWER_MS },
): RedisLink {
  const client = new Redis(url, { ...patient(), enableOfflineQueue: false });
  const listeners = new Set<() => void>();
  let away: number | null = now();
  let warnings: readonly QueueWarning[] = [];
  let refusal: QueueWarning | null = null;
  let lastTrouble = '';
  let hangs = false;

  function goAway(why: string): void {
    if (away !== null) return;
    away = now();
    log('warn', 'redis-away', { why });
  }

  function comeBack(): void {
    hangs = false;
    refusal = null;
    lastTrouble = '';
    if (away === null) return;
    log('info', 'redis-back', { awayMs: now() - away });
    away = null;
    for (const listener of listeners) listener();
  }

  async function look(): Promise<void> {
    const found = await ask(() => client.info());
    if (found === 'away') return;
    warnings = warningsOf(found.value);
    for (const { code, en } of warnings) log('warn', code, { en });
  }

  async function ask<Value>(question: () => Promise<Value>): Promise<{ readonly value: Value } | 'away'> {
    // A server that hangs gets no more to swallow until it has answered what it was asked first.
    if (client.status !== 'ready' || hangs) return 'away';
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), timing.answerMs);
    try {
      const answer = await Promise.race([question().then((value) => ({ value })), late.promise]);
      if (answer === 'late') {
        waitForLife();
        return 'away';
      }
      comeBack();
      return answer;
    } catch (error) {
      tellTrouble('redis-refused', error);
      // The connection may have broken meanwhile; then `close` has told.
      if (client.status === 'ready') goAway(String(error));
    } finally {
      clearTimeout(timer);
    }
    return 'away';
  }

  function waitForLife(): void {
    if (hangs) return;
    hangs = true;
    goAway('no answer in time');
    client.ping().then(comeBack, () => {
      // The connection broke instead: `ready` will tell.
      hangs = false;
    });
  }

  /**
   * Each trouble is told once: ioredis says it at every attempt to connect, and a server words one refusal differently for a
   * command and for a script (Redis 7.0).
   */
  function tellTrouble(code: string, error: unknown): void {
    const text = String(error);
    refusal = refusalIn(text);
    const trouble = refusal?.code ?? text;
    if (trouble === lastTrouble) return;
    lastTrouble = trouble;
    log('warn', code, { error: text });
  }

  client.on('error', (error: Error) => tellTrouble('redis-trouble', error));
  client.on('close', () => goAway('the connection is closed'));
  client.on('ready', () => {
    comeBack();
    void look();
  });

  return {
    client,
    ask,
    awaySince: () => away,
    warnings: () => (refusal === null ? warnings : [...warnings, refusal]),
    onBack(listener) {
      listeners.add(listener);
    },
    close() {
      client.removeAllListeners('close');
      client.disconnect();
    },
  };
}

/**
 * A connection for a BullMQ worker, whose commands wait until the server is back. BullMQ makes a second one like it; both
 * end with `close`, also while the server is away.
 */
export function openWorkerRedis(url: string): { readonly client: Redis; readonly close: () => void } {
  let closed = false;
  const { retryStrategy, ...options } = patient();
  const client = new Redis(url, {
    ...options,
    socketTimeout: SILENCE_MS,
    retryStrategy: (times) => (closed ? null : retryStrategy(times)),
  });
  // BullMQ tells of the same errors.
  client.on('error', () => {});
  return {
    client,
    close() {
      closed = true;
      client.disconnect();
    },
  };
}

/** One look at a server, for `dutyline doctor`: what it puts at risk, or why it cannot be used at all. */
export async function lookAtRedis(
  url: string,
): Promise<
  | { readonly usable: true; readonly warnings: readonly QueueWarning[] }
  | { readonly usable: false; readonly why: string }
> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    retryStrategy: () => null,
  });
  let trouble: Error | null = null;
  client.on('error', (error: Error) => {
    trouble ??= error;
  });
  try {
    await client.connect();
    return { usable: true, warnings: warningsOf(await client.info()) };
  } catch (error) {
    // `connect` says only that the connection was closed; why is in the event before.
    const why = String(trouble ?? error);
    return { usable: false, why: refusalIn(why)?.en ?? why };
  } finally {
    client.disconnect();
  }
}

function patient() {
  return {
    // What BullMQ insists on; it also keeps a command that was under way when the connection broke.
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(LONGEST_PAUSE_MS, times * 100),
    connectTimeout: 5_000,
  };
}

/** What Redis said when it refused, as a sentence for the page; null when it is away rather than unwilling. */
function refusalIn(error: string): QueueWarning | null {
  if (/WRONGPASS|NOAUTH|NOPERM|invalid password|without any password/i.test(error)) return refusesLogin;
  return /\b(OOM|MISCONF|READONLY)\b/.test(error) ? takesNothing : null;
}

/**
 * What the server's `INFO` says against using it for jobs. No job is lost by any of it, but all that Redis forgets waits until
 * the carrier's next round.
 */
function warningsOf(info: string): readonly QueueWarning[] {
  const said = new Map(
    info.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  return [
    ...(said.get('aof_enabled') === '1' ? [] : [noAppendOnly]),
    ...(said.get('maxmemory_policy') === 'noeviction' ? [] : [evicts]),
  ];
}

const noAppendOnly: QueueWarning = {
  code: 'redis-no-append-only',
  zh: 'Redis 未开启持久化（appendonly yes），其重启后后台任务会延迟，但不会丢失。',
  en: 'Redis keeps no append-only file (appendonly yes): jobs are late after its restart, though none is lost.',
};

const evicts: QueueWarning = {
  code: 'redis-evicts',
  zh: 'Redis 内存不足时会自行丢弃数据，请设置 maxmemory-policy noeviction。',
  en: 'Redis throws data away when memory runs short: set maxmemory-policy noeviction.',
};

const refusesLogin: QueueWarning = {
  code: 'redis-refuses-login',
  zh: 'Redis 拒绝登录，请核对 REDIS_URL 中的用户名和密码。后台任务已保留。',
  en: 'Redis refuses the log-in: check user and password in REDIS_URL. Jobs are kept meanwhile.',
};

const takesNothing: QueueWarning = {
  code: 'redis-takes-nothing',
  zh: 'Redis 拒绝写入（内存或磁盘已满，或为只读副本）。后台任务已保留，恢复后自动继续。',
  en: 'Redis takes nothing (no memory, no disk, or a read-only replica). Jobs are kept and go on when it does.',
};
