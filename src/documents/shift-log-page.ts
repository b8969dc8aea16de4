/** 值班日志 as a print view. */
import { escaped, PAGE_NUMBERS, page } from './paper-page.ts';
import type { ShiftLogPaper, ShiftLogRow } from './shift-log-paper.ts';

export function shiftLogPage({ title, mark, head, rows, notes }: ShiftLogPaper): string {
  const box = mark === null ? '' : `<p class="paper-mark">${escaped(mark)}</p>\n`;
  return page(
    title,
    PAGE_NUMBERS,
    `<article class="paper paper-log">
${box}<h1>${escaped(title)}</h1>
<p class="paper-head"><span>${escaped(head.room)}</span><span>${escaped(head.date)}</span></p>
<table>
<colgroup><col style="width:14%"><col style="width:86%"></colgroup>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
${notes.map((note, index) => `<p class="paper-log-note${index === 0 ? '' : ' paper-log-more'}">${escaped(note)}</p>`).join('\n')}
</article>`,
  );
}

/** A long shift goes on overleaf; what is short stays whole. */
function row({ label, paragraphs, signature, lines }: ShiftLogRow): string {
  const said = (texts: readonly string[]) =>
    texts.map(
      (text) =>
        `<p class="paper-text${text.endsWith('：') ? ' paper-announces' : ''}" dir="auto">${escaped(text)}</p>`,
    );
  const free = Array.from(
    { length: Math.max(0, lines - paragraphs.length - signature.length) },
    () => '<div class="paper-rule"></div>',
  );
  const name = paragraphs.length > 8 ? 'paper-long' : 'paper-whole';
  return `<tr class="${name}"><th class="paper-log-label">${escaped(label)}</th><td>${[...said(paragraphs), ...free, ...said(signature)].join('\n')}</td></tr>`;
}
