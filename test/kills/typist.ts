import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { OFFICER } from '../bed/service-config.ts';
import { type Browser, createBrowser, newOpId, type Page } from '../web/browser.ts';

/** An officer who writes a sentence into every draft that opens, through every cut. */
export interface Typist {
  /** Record → the text the service said it has. */
  acknowledged(): ReadonlyMap<string, string>;
  /** Resolves when nothing typed waits for its answer. */
  allAcknowledged(timeoutMs?: number): Promise<void>;
  stop(): void;
}

interface Unsent {
  readonly opId: string;
  readonly record: string;
  readonly value: string;
}

/** Logs in and keeps a socket open, again and again, as the page does. */
export async function startTypist(url: string): Promise<Typist> {
  const typed = new Set<string>();
  const waiting = new Map<string, Unsent>();
  const acknowledged = new Map<string, string>();
  const client = newOpId();
  let stopped = false;
  let page: Page | null = null;
  const browser: Browser = createBrowser(url);

  function see(message: ServerMessage): void {
    if (message.type === 'snapshot') for (const record of message.records) write(record.id, record.state);
    if (message.type === 'delta') {
      for (const change of message.changes) {
        if (change.entity === 'record') write(change.view.id, change.view.state);
      }
    }
    if (message.type === 'accepted') {
      const done = waiting.get(message.opId);
      waiting.delete(message.opId);
      if (done !== undefined) acknowledged.set(done.record, done.value);
    }
    if (message.type === 'refused' && message.opId !== null) waiting.delete(message.opId);
  }

  function write(record: string, state: string): void {
    if (state !== 'draft' || typed.has(record)) return;
    typed.add(record);
    const unsent = { opId: newOpId(), record, value: `来电称${record}号管线漏水，请派人核查。` };
    waiting.set(unsent.opId, unsent);
    send(unsent);
  }

  function send({ opId, record, value }: Unsent): void {
    page?.send({ type: 'patch', opId, record, field: 'content', base: 0, value });
  }

  async function keepOpen(): Promise<void> {
    while (!stopped) {
      try {
        if (browser.cookie === '') await browser.logIn(OFFICER.login, OFFICER.password);
        page = await browser.open({ client });
        const snapshot = await page.next('snapshot');
        see(snapshot);
        for (const unsent of waiting.values()) send(unsent);
        page.socket.on('message', (data) =>
          see(JSON.parse((data as Buffer).toString('utf8')) as ServerMessage),
        );
        await page.closed;
      } catch {
        // The service is dead or being born: the page tries again too.
      }
      page = null;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const running = keepOpen();
  void running;
  return {
    acknowledged: () => acknowledged,
    async allAcknowledged(timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      while (waiting.size > 0) {
        if (Date.now() > deadline) throw new Error(`${waiting.size} texts were never acknowledged`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop() {
      stopped = true;
      page?.close();
    },
  };
}
