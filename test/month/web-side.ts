/** The web side of the month on the same store, by the plan's clock: a supervisor inspects, a leader of the office answers. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { startWeb } from '../../src/web/http-server.ts';
import { createLinkBoard } from '../../src/web/link-board.ts';
import { hashPassword } from '../../src/web/password.ts';
import { RULES } from '../storage/office.ts';
import { type Browser, loggedIn } from '../web/browser.ts';
import { createDirectIntake } from '../web/direct-intake.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { UNIT } from './office.ts';
import type { Stage } from './play.ts';

export interface WebSide {
  /** Behind all that waits to be written. */
  get<View>(login: 'supervisor' | 'leader', path: string): Promise<View>;
  /** The status, or the code of the refusal. */
  post(login: 'supervisor' | 'leader', path: string, body: object): Promise<string>;
  close(): Promise<void>;
}

let hashed: Promise<string> | null = null;

export async function startWebSide(stage: Stage): Promise<WebSide> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-month-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>值班台</title>');
  hashed ??= hashPassword(PASSWORD);
  for (const role of ['supervisor', 'leader'] as const)
    stage.write({
      ...{ type: 'account-add', id: `a-${role}`, login: role, name: `账号 ${role}`, role, unit: UNIT },
      ...{ person: null, passwordHash: await hashed, at: 0 },
    });
  const web = await startWeb(
    {
      ...{ host: '127.0.0.1', port: 0, pageFolder: folder, recordingsFolder: folder },
      ...{ timeZone: RULES.timeZone, areaCode: RULES.areaCode, certificate: null, allowPlainHttp: false },
      ...{ trustProxy: [], loginsPerMinute: 1_000 },
    },
    {
      store: stage.store,
      intake: createDirectIntake(stage.store),
      links: createLinkBoard(),
      library: createRecordingLibrary(folder),
      ffmpeg: () => 'nobody plays anything here',
      recordingOffice: null,
      setupOffice: null,
      alerts: { standing: () => Promise.resolve([]) },
      probeOffice: null,
      simulation: null,
      clock: () => stage.now,
      log: () => {},
    },
  );
  const base = `http://127.0.0.1:${web.port}`;
  const browsers = new Map<string, { readonly browser: Browser; readonly at: number }>();
  async function at(login: string): Promise<Browser> {
    await stage.flush();
    const known = browsers.get(login);
    // A log-in ends by itself after a day.
    if (known !== undefined && stage.now - known.at < 60 * 60_000) return known.browser;
    const browser = await loggedIn(base, login);
    browsers.set(login, { browser, at: stage.now });
    return browser;
  }
  return {
    async get<View>(login: string, path: string) {
      const answer = await (await at(login)).fetch(path);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as View;
    },
    async post(login, path, body) {
      const answer = await (await at(login)).fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify(body),
      });
      return answer.status < 300 ? '204' : ((await answer.json()) as { code: string }).code;
    },
    async close() {
      await web.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
