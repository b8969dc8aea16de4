/**
 * The print view: papers as a whole HTML document that needs nothing from outside, runs no script and shows every text as
 * text. It is made of the same style sheet as the sheet in the page.
 */
import { readFileSync } from 'node:fs';
import { fullShares, mayBreak, type Paper, type PaperPart } from '../records/paper.ts';
import type { ListPaper, ListTable } from './list-paper.ts';

const STYLE = readFileSync(new URL('../ui/css/paper.css', import.meta.url), 'utf8');

/** On a screen the sheets lie on a grey desk, each as wide as its paper. */
const ON_SCREEN = `
@media screen {
  body { margin: 0; padding: 8mm 0; background: #6b7280; }
  .paper { box-sizing: border-box; width: 210mm; min-height: 297mm; margin: 0 auto 8mm; padding: 37mm 26mm 35mm 28mm; background-color: #fff; }
  .paper-full { padding: 25mm 20mm 22mm 22mm; }
  .paper-list { width: 297mm; min-height: 210mm; padding: 20mm 18mm; }
}
/* Enlarged for reading: no paper is that narrow, and nothing moves sideways. */
@media screen and (max-width: 840px) {
  .paper, .paper-list { width: auto; padding: 10mm 8mm; }
}
@media print { body { margin: 0; } }
`;

/** Numbers stand at the foot where the browser can (Chromium 131); a batch of several papers has none. */
export const PAGE_NUMBERS =
  '@page { @bottom-center { content: "— " counter(page) " —"; font: 14pt SimSun, serif; } }';

/** One paper after the other, each on a page of its own. `blank`: ruled for a pen. */
export function papersPage(papers: readonly Paper[], blank = false): string {
  const title = papers.length === 1 ? (papers[0]?.title ?? '') : `电话记录单（${papers.length} 张）`;
  return page(
    title,
    papers.length === 1 && !blank ? PAGE_NUMBERS : '',
    papers.map((paper) => sheet(paper, blank)).join('\n'),
  );
}

/** A paper of tables, A4 across. */
export function listPage({ title, head, tables, note }: ListPaper): string {
  return page(
    title,
    PAGE_NUMBERS,
    `<article class="paper paper-list">
<h1>${escaped(title)}</h1>
<p class="paper-head"><span>${escaped(head.room)}</span><span>${escaped(head.date)}</span></p>
${tables.map(listTable).join('\n')}
<p class="paper-note">${escaped(note)}</p>
</article>`,
  );
}

function listTable({ heading, columns, rows, none }: ListTable): string {
  const above = heading === null ? '' : `<h2>${escaped(heading)}</h2>\n`;
  if (rows.length === 0 && none !== null) return `${above}<p class="paper-note">${escaped(none)}</p>`;
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${said(cell)}</td>`).join('')}</tr>`);
  return `${above}<table>
<colgroup>${columns.map(({ share }) => `<col style="width:${share}%">`).join('')}</colgroup>
<thead><tr>${columns.map((column) => `<th>${escaped(column.title)}</th>`).join('')}</tr></thead>
<tbody>${cells.join('\n')}</tbody>
</table>`;
}

/** A whole document of this body; `style` beside that of all papers. */
export function page(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>${STYLE}${ON_SCREEN}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const MARKED: Readonly<Record<string, string>> = {
  作废: 'paper-void',
  草稿: 'paper-draft',
  已撤回: 'paper-withdrawn',
};

function sheet(paper: Paper, blank: boolean): string {
  const { form, title, mark, head } = paper;
  const names = ['paper', `paper-${form}`, MARKED[mark ?? ''] ?? '', blank ? 'paper-blank' : ''];
  const open = `<article class="${names.filter((name) => name !== '').join(' ')}">`;
  const heading = `<h1>${escaped(title)}</h1>
<p class="paper-head"><span>${escaped(head.room)}</span><span>${escaped(head.date)}</span></p>`;
  const box = mark === null ? '' : `<p class="paper-mark">${mark}</p>`;
  if (form === 'full')
    return `${open}\n${isMarked(paper) ? '' : box}\n${heading}\n${table(paper)}\n</article>`;
  const said = `${heading}\n${paper.parts.map(lines).join('\n')}`;
  return `${open}\n${isMarked(paper) ? onEveryPage(box, said) : `${box}\n${said}`}\n</article>`;
}

/** 作废 and 草稿 must be read on each page of the paper. */
function isMarked({ mark }: Paper): boolean {
  return mark !== null && Object.hasOwn(MARKED, mark);
}

/**
 * What is fixed stands on every page of the whole document and what is a background ends with its text; the head of a table
 * stands on every page of just this paper, also on a last one of two lines (Chromium 90 to 150).
 */
function onEveryPage(box: string, said: string): string {
  return `<table class="paper-every"><thead><tr><td>${box}</td></tr></thead><tbody><tr><td>
${said}
</td></tr></tbody></table>`;
}

/** As the seed has it: lines of text, no frame. */
function lines(part: PaperPart): string {
  if (part.kind === 'section') return '';
  if (part.kind === 'items')
    return `<p class="paper-line">${part.items
      .map(
        ({ label, value }) =>
          `<span class="paper-item"><span class="paper-label">${label}：</span><bdi class="paper-value">${escaped(value)}</bdi></span>`,
      )
      .join('')}</p>`;
  return `<p class="paper-line paper-label-line"><span class="paper-label">${part.label}：</span></p>
${text(part)}`;
}

/** Four columns, and one for a hand where it was asked for; the number stands on every page. */
function table(paper: Paper): string {
  const { parts, number, column } = paper;
  const free = (first: boolean) =>
    column === null
      ? ''
      : first
        ? `<th class="paper-column" style="border-top:0.75pt solid #000">${column}</th>`
        : '<td class="paper-column"></td>';
  const rows = parts.map((part) => `<tr class="${rowName(part)}">${cells(part)}${free(false)}</tr>`);
  return `<table>
<colgroup>${fullShares(column !== null)
    .map((width) => `<col style="width:${width}%">`)
    .join('')}</colgroup>
<thead>${markRow(paper)}<tr><th colspan="4" class="paper-number">${escaped(number ?? '')}</th>${free(true)}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function markRow(paper: Paper): string {
  const across = paper.column === null ? 4 : 5;
  return isMarked(paper)
    ? `<tr><td colspan="${across}" class="paper-mark-row"><p class="paper-mark">${paper.mark}</p></td></tr>`
    : '';
}

/** A heading does not stay alone at the foot of a page. */
function rowName(part: PaperPart): string {
  if (part.kind === 'section') return 'paper-heading';
  return mayBreak(part) ? 'paper-long' : 'paper-whole';
}

function cells(part: PaperPart): string {
  if (part.kind === 'section') return `<th colspan="4" class="paper-section">${part.label}</th>`;
  if (part.kind === 'text') return `<th>${part.label}</th><td colspan="3">${text(part)}</td>`;
  const span = part.items.length === 1 ? ' colspan="3"' : '';
  return part.items.map(({ label, value }) => `<th>${label}</th><td${span}>${said(value)}</td>`).join('');
}

function text({ paragraphs, lines: wanted }: Extract<PaperPart, { kind: 'text' }>): string {
  const said = paragraphs.map((one) => `<p class="paper-text" dir="auto">${escaped(one)}</p>`);
  const free = Math.max(0, wanted - paragraphs.length);
  return [...said, ...Array.from({ length: free }, () => '<div class="paper-rule"></div>')].join('\n');
}

function said(value: string): string {
  return `<bdi class="paper-value">${escaped(value)}</bdi>`;
}

/** The layout has taken out what cannot be printed; what could be markup becomes text here. */
export function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
