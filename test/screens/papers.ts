/** Every paper as a printer gets it, and every Word document as LibreOffice shows it: PDF and the pictures of its pages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { wordAsPdf } from '../papers/libre-office.ts';
import { ROOM } from './office.ts';
import type { Studio } from './studio.ts';

export async function takePapers(folder: string, { history }: Studio, page: Page): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const of = (...names: readonly string[]) => names.map((name) => history.get(name)?.record ?? '').join(',');
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const papers: readonly (readonly [name: string, asked: string])[] = [
    ['seed', `records?ids=${of('water')}`],
    ['seed-incident', `records?ids=${of('slide')}`],
    ['seed-long', `records?ids=${of('long')}`],
    ['seed-outbound', `records?ids=${of('report')}`],
    ['seed-draft', `records?ids=${of('ringback')}`],
    ['seed-void', `records?ids=${of('twice')}`],
    ['full', `records?ids=${of('slide')}&form=full`],
    ['full-column', `records?ids=${of('slide')}&form=full&column=blank`],
    ['full-long', `records?ids=${of('long')}&form=full`],
    ['full-corrected', `records?ids=${of('meeting')}&form=full`],
    ['batch', `records?ids=${of('water', 'twice', 'meeting')}`],
    ['day', `day?room=${ROOM}&date=${date}`],
    ['blank', `blank?room=${ROOM}`],
    ['blank-full', `blank?room=${ROOM}&form=full`],
    ['blank-column', `blank?room=${ROOM}&form=full&column=blank`],
  ];
  for (const [name, asked] of papers) await takePaper(folder, page, name, asked);
}

/** One paper as it is printed, and its Word document as LibreOffice prints it. */
export async function takePaper(folder: string, page: Page, name: string, asked: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await print(page, folder, name, `/api/papers/${asked}`);
  const word = join(folder, `${name}.docx`);
  await fetchFile(page, `/api/papers/${asked}&format=docx`, word);
  const pdf = join(folder, `${name}-word.pdf`);
  writeFileSync(pdf, wordAsPdf(word));
  pictures(pdf);
}

/** As the page's own log-in may have it. */
export async function fetchFile(page: Page, address: string, file: string): Promise<void> {
  const answer = await page.context().request.get(new URL(address, page.url()).href);
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()}`);
  writeFileSync(file, await answer.body());
}

/** As the dialogue of the browser starts: without 背景图形. */
async function print(page: Page, folder: string, name: string, address: string): Promise<void> {
  const view = await page.context().newPage();
  await view.goto(new URL(address, page.url()).href);
  const pdf = join(folder, `${name}.pdf`);
  writeFileSync(pdf, await view.pdf({ preferCSSPageSize: true, printBackground: false }));
  await view.close();
  pictures(pdf);
}

/** What Ctrl+P gives of the screen as it stands. */
export async function printScreen(folder: string, name: string, page: Page): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pdf = join(folder, `${name}.pdf`);
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  pictures(pdf);
}

function pictures(pdf: string): void {
  execFileSync('pdftoppm', ['-r', '80', '-png', pdf, pdf.replace(/\.pdf$/, '')]);
}
