/**
 * The page's own code, bundled as for a browser and run once for each load of the page with globals of its own. It knows
 * nothing of Node: what a browser would give it comes from `tab.ts`.
 */
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { build, type Rolldown } from 'vite';
import type { DeskStore } from '../../src/ui/desk-store.ts';
import type * as FieldHand from '../../src/ui/field-hand.ts';
import type { Hand } from '../../src/ui/field-hand.ts';

export interface PageCode {
  readonly createDeskStore: () => DeskStore;
  readonly afterRendering: typeof FieldHand.afterRendering;
  readonly editOf: typeof FieldHand.editOf;
  readonly shownText: typeof FieldHand.shownText;
}

export type { Hand };

/** Everything of a browser that the code touches. A name that is missing here is a ReferenceError in the test. */
const GLOBALS = [
  'window',
  'document',
  'location',
  'fetch',
  'WebSocket',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'BroadcastChannel',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
] as const;

export type PageGlobals = Readonly<Record<(typeof GLOBALS)[number], unknown>>;

let built: Promise<string> | null = null;

/** Builds the code once; every load of a page runs it anew, as every reload does. */
export async function loadPage(globals: PageGlobals): Promise<PageCode> {
  built ??= bundled();
  const code = await built;
  const run = compileFunction(`'use strict';\n${code}\nreturn Page;`, [...GLOBALS]);
  return run(...GLOBALS.map((name) => globals[name])) as PageCode;
}

async function bundled(): Promise<string> {
  const made = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome90',
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page-entry.ts'), formats: ['iife'], name: 'Page' },
    },
  })) as readonly Rolldown.RolldownOutput[];
  const code = made[0]?.output.find((chunk) => chunk.type === 'chunk')?.code;
  if (code === undefined) throw new Error('the page was not built');
  return code;
}
