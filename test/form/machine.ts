/**
 * An office computer with a browser: what outlives a tab. The disk (IndexedDB, localStorage), the log-in's cookie, and the
 * channel on which its tabs hear each other.
 */
import { createBrowser } from '../web/browser.ts';
import type { Tab } from './tab.ts';

export interface Machine {
  readonly name: string;
  readonly base: string;
  readonly cookie: string;
  /** IndexedDB: what its transactions have committed. */
  readonly disk: Map<string, unknown>;
  readonly localStorage: Readonly<Record<string, string>>;
  /** Living tabs, the newest last. */
  readonly tabs: Tab[];
}

export function createMachine(name: string, base: string, cookie: string): Machine {
  return { name, base, cookie, disk: new Map(), localStorage: createStorage(), tabs: [] };
}

/** A log-in that several machines of one officer share: hashing a password is slow on purpose. */
export async function cookieOf(base: string, login: string, password: string): Promise<string> {
  const browser = createBrowser(base);
  const answer = await browser.logIn(login, password);
  if (answer.status !== 200) throw new Error(`log-in of ${login}: ${answer.status} ${await answer.text()}`);
  return browser.cookie;
}

/** Keys are properties, as the page reads them by `Object.keys`; the methods are not. */
export function createStorage(): Readonly<Record<string, string>> {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as Record<string, string>;
}
