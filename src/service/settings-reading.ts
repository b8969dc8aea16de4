/** What one audit has read of a PBX so far, and what it could not read. Asks for nothing twice. */
import type { Answer, Trouble } from '../asterisk/trouble.ts';
import { type Context, type DialplanRow, readContext } from '../diagnosis/dialplan.ts';
import type { AuditGap } from '../diagnosis/line-audit.ts';
import type { PbxKnowledge, Want } from '../diagnosis/walking.ts';

/** The questions an audit asks: those of the control log-in. */
export interface SettingsReaders {
  showDialPlan(context: string, extension: null): Promise<Answer<readonly DialplanRow[]>>;
  dbGet(family: string, key: string): Promise<Answer<string | null>>;
  getGlobal(name: string): Promise<Answer<string>>;
  queueMembers(queue: string): Promise<Answer<readonly string[] | null>>;
  deviceState(endpoint: string): Promise<Answer<string>>;
  endpointContext(endpoint: string): Promise<Answer<string | null>>;
}

/** Rows of the dialplan that one audit reads. */
const MOST_ROWS = 200_000;
/** Questions under way at once: the PBX has calls to carry. */
const AT_ONCE = 8;

export interface SettingsReading {
  readonly known: PbxKnowledge;
  /** Asks for what is not known yet; what cannot be read is known to be unknown. */
  readAll(what: Want, names: readonly string[]): Promise<void>;
  failed(what: AuditGap['what'], trouble: Trouble): void;
  gaps(): readonly AuditGap[];
}

export function createSettingsReading(readers: SettingsReaders): SettingsReading {
  const known = {
    contexts: new Map<string, Context | null>(),
    database: new Map<string, string | null>(),
    globals: new Map<string, string | null>(),
    queues: new Map<string, readonly string[] | null>(),
  };
  const troubles = new Map<string, AuditGap>();
  let rows = 0;

  const failed = (what: AuditGap['what'], { code, zh, en }: Trouble): void => {
    const named = PART_NAMES[what];
    troubles.set(`${what} ${code}`, {
      what,
      blocks: true,
      zh: `${named.zh}：${zh}`,
      en: `${named.en}: ${en}`,
    });
  };

  async function readContextOf(name: string): Promise<Context | null> {
    if (rows >= MOST_ROWS) {
      troubles.set('rows', TOO_LARGE);
      return null;
    }
    const answer = await readers.showDialPlan(name, null);
    if (!answer.ok) failed('dialplan', answer.trouble);
    if (!answer.ok) return null;
    rows += answer.value.length;
    return readContext(name, answer.value);
  }

  async function readKey(key: string): Promise<string | null> {
    const slash = key.lastIndexOf('/');
    if (slash < 1) return null;
    const answer = await readers.dbGet(key.slice(0, slash), key.slice(slash + 1));
    if (!answer.ok) failed('database', answer.trouble);
    return answer.ok ? (answer.value ?? '') : null;
  }

  /** A global that must not be read, a password of FreePBX, stays unknown without a word. */
  async function readGlobal(name: string): Promise<string | null> {
    const answer = await readers.getGlobal(name);
    if (!answer.ok && answer.trouble.code !== 'ami-unsafe-value') failed('dialplan', answer.trouble);
    return answer.ok ? answer.value : null;
  }

  async function readQueue(name: string): Promise<readonly string[] | null> {
    const answer = await readers.queueMembers(name);
    if (!answer.ok) failed('queue', answer.trouble);
    return answer.ok ? answer.value : null;
  }

  async function readOne(what: Want, name: string): Promise<void> {
    switch (what) {
      case 'contexts':
        known.contexts.set(name, await readContextOf(name));
        return;
      case 'database':
        known.database.set(name, await readKey(name));
        return;
      case 'globals':
        known.globals.set(name, await readGlobal(name));
        return;
      case 'queues':
        known.queues.set(name, await readQueue(name));
        return;
    }
  }

  return {
    known,
    failed,
    gaps: () => [...troubles.values()],
    async readAll(what, names) {
      const missing = [...new Set(names)].filter((name) => !known[what].has(name));
      for (let at = 0; at < missing.length; at += AT_ONCE) {
        await Promise.all(missing.slice(at, at + AT_ONCE).map((name) => readOne(what, name)));
      }
    },
  };
}

const PART_NAMES: Readonly<Record<AuditGap['what'], { readonly zh: string; readonly en: string }>> = {
  connection: { en: 'trunks were not read', zh: '读不到中继' },
  dialplan: { en: 'the dialplan was not read', zh: '读不到拨号方案' },
  database: { en: 'forwarding in AstDB was not read', zh: '读不到呼转设置（AstDB）' },
  entry: { en: 'no way in was found', zh: '找不到来电入口' },
  phones: { en: 'the state of the phones was not read', zh: '读不到话机状态' },
  queue: { en: 'a queue was not read', zh: '读不到队列' },
  walk: { en: 'the dialplan was not walked to its end', zh: '拨号方案没有走完' },
};

const TOO_LARGE: AuditGap = {
  ...{ what: 'dialplan', blocks: true },
  zh: `拨号方案超过 ${MOST_ROWS} 行，没有读完`,
  en: `the dialplan has more than ${MOST_ROWS} lines and was not read to its end`,
};
