/**
 * One load of the page in a browser of a machine, with a real socket to the service. It can sleep (nothing runs, nothing is
 * heard), hear late, lose its network in mid-answer, and die without a word.
 */
import { WebSocket } from 'ws';
import type { DeskStore } from '../../src/ui/desk-store.ts';
import { fieldKey } from '../../src/ui/unsent.ts';
import type { ClientMessage } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import type { Chance } from '../support/seeded.ts';
import { createStorage, type Machine } from './machine.ts';
import { createIndexedDb } from './machine-disk.ts';
import { loadPage, type PageCode } from './page-code.ts';
import type { Wire } from './wire.ts';

export interface Tab {
  readonly machine: Machine;
  readonly store: DeskStore;
  readonly page: PageCode;
  isAwake(): boolean;
  /** A laptop that sleeps: timers and messages wait. */
  sleep(): void;
  wake(): void;
  /** What the service says is delivered no more, until `hear`: the page grows stale and does not know. */
  grow(stale: boolean): void;
  /** The network goes; with `deaf`, what was under way to us is lost too. */
  cut(deaf: boolean): void;
  /** The operating system says that the network is there. */
  online(): void;
  /** The page is left as a browser leaves it: it may say its last words. */
  leave(): void;
  /** The process is gone. */
  die(): void;
  /** Another tab of the machine speaks. */
  tell(channel: string, data: unknown): void;
}

export async function openTab(machine: Machine, wire: Wire, chance: Chance): Promise<Tab> {
  let life: 'awake' | 'asleep' | 'dead' = 'awake';
  let stale = false;
  const waiting: (() => void)[] = [];
  const late: (() => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const sockets = new Set<{ cut(deaf: boolean): void }>();
  const listeners: { readonly type: string; readonly listener: () => void }[] = [];
  const channels = new Set<{ name: string; onmessage: ((event: { data: unknown }) => void) | null }>();
  const place = {
    addEventListener: (type: string, listener: () => void) => listeners.push({ type, listener }),
    removeEventListener: (type: string, listener: () => void) => {
      const at = listeners.findIndex((one) => one.type === type && one.listener === listener);
      if (at >= 0) listeners.splice(at, 1);
    },
  };
  const tell = (type: string): void => {
    for (const one of [...listeners]) if (one.type === type) one.listener();
  };

  function run(callback: () => void): void {
    if (life === 'dead') return;
    if (life === 'asleep') waiting.push(callback);
    else callback();
  }
  function after(callback: () => void, ms = 0): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(callback);
    }, ms);
    timers.add(timer);
    return timer;
  }

  class PageSocket {
    static readonly OPEN = WebSocket.OPEN;
    onopen: (() => void) | null = null;
    onmessage: ((event: { readonly data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    readonly #raw: WebSocket;
    #deaf = false;

    constructor(url: string) {
      this.#raw = new WebSocket(url, { origin: machine.base, headers: { cookie: machine.cookie } });
      this.#raw.on('open', () => run(() => this.onopen?.()));
      this.#raw.on('error', () => this.#raw.terminate());
      this.#raw.on('close', () => {
        sockets.delete(this);
        run(() => this.onclose?.());
      });
      this.#raw.on('message', (data) => {
        const text = (data as Buffer).toString('utf8');
        if (stale) late.push(() => this.#hear(text));
        else run(() => this.#hear(text));
      });
      sockets.add(this);
    }
    get readyState(): number {
      return this.#raw.readyState;
    }
    send(text: string): void {
      if (this.#raw.readyState !== WebSocket.OPEN) return;
      wire.sent(machine.name, JSON.parse(text) as ClientMessage);
      this.#raw.send(text);
    }
    close(): void {
      this.#raw.terminate();
    }
    cut(deaf: boolean): void {
      this.#deaf ||= deaf;
      this.#raw.terminate();
    }
    #hear(text: string): void {
      if (this.#deaf || this.#raw.readyState !== WebSocket.OPEN) return;
      const message = JSON.parse(text) as ServerMessage;
      const before = message.type === 'conflict' ? store.read() : null;
      this.onmessage?.({ data: text });
      wire.heard(message);
      if (message.type !== 'conflict' || before === null) return;
      const key = fieldKey(message.record, message.field);
      const mine = before.unsent.get(key);
      // Answered on this page before: the repeat says nothing new.
      if (mine?.kind !== 'text' || mine.op?.opId !== message.opId) return;
      const now = store.read().unsent.get(key);
      if (now === undefined && mine.value === message.current.value)
        wire.conflicts.set(message.opId, 'same-text');
      else if (now?.kind === 'text' && now.conflict?.value === message.current.value)
        wire.conflicts.set(message.opId, 'shown');
      else wire.conflicts.set(message.opId, 'hidden');
    }
  }

  class PageChannel {
    readonly name: string;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor(name: string) {
      this.name = name;
      channels.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of machine.tabs) if (other !== tab) other.tell(this.name, data);
    }
  }

  const page = await loadPage({
    window: place,
    document: { ...place, visibilityState: 'visible' },
    location: { protocol: 'http:', host: new URL(machine.base).host, hostname: '127.0.0.1' },
    fetch: async (path: string, init?: RequestInit) => {
      const answer = await fetch(new URL(path, machine.base), {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init?.headers)), cookie: machine.cookie },
      });
      return new Promise((resolve) => run(() => resolve(answer)));
    },
    WebSocket: PageSocket,
    indexedDB: createIndexedDb(machine.disk, after, chance),
    localStorage: machine.localStorage,
    sessionStorage: createStorage(),
    BroadcastChannel: PageChannel,
    setTimeout: after,
    clearTimeout: (timer: NodeJS.Timeout | undefined) => clearTimeout(timer),
    setInterval: (callback: () => void, ms: number) => {
      const timer = setInterval(() => run(callback), ms);
      timers.add(timer);
      return timer;
    },
    clearInterval: (timer: NodeJS.Timeout) => clearInterval(timer),
  });

  function become(next: typeof life): void {
    life = next;
  }
  const tab: Tab = {
    machine,
    page,
    get store() {
      return store;
    },
    isAwake: () => life === 'awake',
    sleep: () => {
      if (life === 'awake') become('asleep');
    },
    wake: () => {
      if (life !== 'asleep') return;
      become('awake');
      for (const callback of waiting.splice(0)) run(callback);
    },
    grow: (isStale) => {
      stale = isStale;
      if (!stale) for (const callback of late.splice(0)) run(callback);
    },
    cut: (deaf) => {
      for (const socket of [...sockets]) socket.cut(deaf);
    },
    online: () => run(() => tell('online')),
    leave: () => {
      if (life === 'awake') tell('pagehide');
    },
    die: () => {
      become('dead');
      for (const socket of [...sockets]) socket.cut(true);
      for (const timer of timers) clearTimeout(timer);
      const at = machine.tabs.indexOf(tab);
      if (at >= 0) machine.tabs.splice(at, 1);
    },
    tell: (name, data) => {
      const copy = structuredClone(data);
      setImmediate(() =>
        run(() => {
          for (const channel of channels) if (channel.name === name) channel.onmessage?.({ data: copy });
        }),
      );
    },
  };
  machine.tabs.push(tab);
  const store = page.createDeskStore();
  void store.begin();
  return tab;
}
