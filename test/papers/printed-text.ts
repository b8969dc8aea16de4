/** What stands on the pages of a PDF, by poppler. */
import { execFileSync } from 'node:child_process';

/** Page by page without any blank, in the order in which it was written: cell after cell, not line after line across them. */
export function pagesOf(pdf: Uint8Array): readonly string[] {
  const text = execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/[\s　]/g, '').replace(PAGE_NUMBER, ''));
}

/** `— 1 —`, which each program writes before or behind what stands on the page. */
const PAGE_NUMBER = /^—\d+—|—\d+—$/g;
