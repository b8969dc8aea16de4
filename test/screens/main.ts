/**
 * `npm run screens -- [folder]`: every screen and important state of the page at three sizes, by day and by night, and every
 * paper, taken from the demonstration with an office's content. For looking at; what must hold is in the tests.
 */
import { resolve } from 'node:path';
import { openChromium } from '../bed/chromium.ts';
import { openCamera } from './camera.ts';
import { shootDuty, shootInspections, shootSealed, shootWall } from './duty-pictures.ts';
import { makeHistory } from './history.ts';
import { shootCalls, shootLock, shootWarnings, shootZoomed } from './live-pictures.ts';
import { openOffice } from './office.ts';
import { printScreen, takePapers } from './papers.ts';
import { shootDraft, shootLayers, shootLogin, shootRecords } from './record-pictures.ts';
import { shootRoster } from './roster-pictures.ts';
import {
  shootAdministrator,
  shootDesks,
  shootDrill,
  shootLeader,
  shootReplay,
  shootSearch,
  shootSettings,
} from './screen-pictures.ts';
import { go } from './sitter.ts';
import type { Studio } from './studio.ts';
import { laySupplies } from './supplies.ts';
import { shootWatch } from './watch-pictures.ts';

const [folder = 'build/screens', ...only] = process.argv.slice(2);
const screens = resolve(folder);
const papers = resolve(folder, 'papers');

const office = await openOffice();
const browser = await openChromium();
try {
  const history = await makeHistory(office);
  await laySupplies(office, history);
  const studio: Studio = { office, browser, camera: openCamera(screens), history };
  const page = await shootLogin(studio);
  const chapters: readonly (readonly [name: string, shoot: () => Promise<unknown>])[] = [
    ['papers', () => takePapers(papers, studio, page)],
    ['records', () => shootRecords(studio, page)],
    ['draft', () => shootDraft(studio, page)],
    ['layers', () => shootLayers(studio, page)],
    [
      'duty-notes',
      async () => {
        await page.keyboard.press('F1');
        await page.locator('.duty-sheet').waitFor({ state: 'attached' });
        await printScreen(papers, 'duty-notes', page);
        await page.keyboard.press('Escape');
      },
    ],
    ['search', () => shootSearch(studio, page)],
    ['watch', () => shootWatch(studio)],
    ['roster', () => shootRoster(studio, page)],
    ['duty', () => shootDuty(studio, page)],
    ['sealed', () => shootSealed(studio, page, papers)],
    ['inspections', () => shootInspections(studio, papers)],
    ['wall', () => shootWall(studio)],
    ['desks', () => shootDesks(studio, page)],
    ['drill', () => shootDrill(studio, page)],
    ['settings', () => shootSettings(studio, page)],
    ['leader', () => shootLeader(studio)],
    ['replay', () => shootReplay(studio)],
    ['administrator', () => shootAdministrator(studio, page)],
    [
      'calls',
      async () => {
        await go(page, '值班');
        await shootCalls(studio, page);
      },
    ],
    ['zoom', () => shootZoomed(studio)],
    ['lock', () => shootLock(studio, page)],
    ['warnings', () => shootWarnings(studio, page)],
  ];
  for (const [name, shoot] of chapters)
    if (only.length === 0 || only.includes(name)) {
      const begun = performance.now();
      await shoot().catch((error: unknown) => {
        process.stderr.write(`dutyline: ${name}: ${String(error)}\n`);
        process.exitCode = 1;
      });
      process.stdout.write(`dutyline: ${name}, ${Math.round((performance.now() - begun) / 1_000)} s\n`);
    }
} finally {
  await browser.close();
  await office.stop();
}
