import { accessSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Debian's Chromium without a window. `hosts` are names it takes for this machine: to the browser such a page is not
 * localhost, which it trusts, but any office's address.
 */
export function openChromium(hosts: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Without it a downloaded file with a Chinese name is called `download` (Chromium 150): a bare CI has no language.
    env: { ...process.env, LANG: 'C.UTF-8' },
    args: [
      // Root may start Chromium only so; the tests' pages are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(hosts.length === 0
        ? []
        : [`--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`]),
    ],
  });
}

function findChromium(): string {
  const found = [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path !== undefined && exists(path));
  if (found === undefined) throw new Error(`Chromium is missing: looked at ${PLACES.join(', ')}`);
  return found;
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
