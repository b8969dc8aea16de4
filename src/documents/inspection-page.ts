/** 值班工作检查记录表 as a print view, A4 upright: 附件3 on one page where its words allow, 附页 on the next. */
import type { InspectionPaper, InspectionRow } from './inspection-paper.ts';
import { escaped, PAGE_NUMBERS, page } from './paper-page.ts';

const STYLE = `
.paper-inspection { min-height: 0; }
.paper-inspection h1 { margin-bottom: 6pt; }
.paper-inspection .paper-head { gap: 12pt; font-size: 12pt; line-height: 20pt; margin-bottom: 3pt; }
.paper-inspection td { vertical-align: middle; }
.paper-inspection .inspection-side { text-align: center; letter-spacing: 0; }
.paper-inspection thead th { text-align: center; }
.paper-inspection .inspection-row td { height: 32pt; }
.paper-inspection .paper-head > span { overflow-wrap: anywhere; }
.paper-inspection .paper-head > span:nth-child(n + 2) { flex: none; max-width: 45%; }
.paper-inspection .inspection-signs { display: flex; gap: 24pt; margin-top: 14pt; font-size: 12pt; line-height: 20pt; break-inside: avoid; }
.paper-inspection .inspection-signs > span { flex: 1; }
.paper-inspection .inspection-signs small { display: block; font-size: 10pt; line-height: 15pt; }
.paper-inspection .inspection-annex { break-before: page; }
.paper-inspection .inspection-annex table { font-size: 10.5pt; line-height: 15pt; }
.paper-inspection h2 { margin: 0 0 6pt; font: 16pt / 26pt "SimHei", "Noto Sans CJK SC", sans-serif; text-align: center; }
@page { margin: 22mm 22mm 20mm; }
@media screen { .paper-inspection { padding: 22mm; } .paper-inspection .inspection-annex { margin-top: 12mm; } }
`;

export function inspectionPage({
  title,
  head,
  columns,
  rows,
  remark,
  signatures,
  annex,
}: InspectionPaper): string {
  return page(
    title,
    `${PAGE_NUMBERS}${STYLE}`,
    `<article class="paper paper-inspection">
<h1>${escaped(title)}</h1>
<p class="paper-head">${head.map(({ label, value }) => `<span>${label}：<bdi>${escaped(value)}</bdi></span>`).join('')}</p>
<table>
<colgroup><col style="width:11%"><col style="width:13%"><col style="width:34%"><col style="width:42%"></colgroup>
<thead><tr><th colspan="3">${columns.what}</th><th>${columns.situation}</th></tr></thead>
<tbody>
${rows.map(row).join('\n')}
<tr><td colspan="4">${escaped(remark)}</td></tr>
</tbody>
</table>
<p class="inspection-signs">${signatures
      .map(
        ({ label, confirmed }) =>
          `<span>${label}：${confirmed === null ? '' : `<small>${escaped(confirmed)}</small>`}</span>`,
      )
      .join('')}</p>
${annex === null ? '' : annexOf(annex)}
</article>`,
  );
}

function row({ section, group, item, situation }: InspectionRow): string {
  const side = (cell: InspectionRow['group']) =>
    cell === null ? '' : `<td rowspan="${cell.rows}" class="inspection-side">${cell.text}</td>`;
  return `<tr class="inspection-row">${side(section)}${side(group)}<td>${item}</td><td>${texts(situation)}</td></tr>`;
}

function annexOf(annex: NonNullable<InspectionPaper['annex']>): string {
  const cells = annex.map(
    ({ item, said }, index) =>
      `<tr><td class="inspection-side">${index + 1}</td><td>${item}</td><td>${texts(said)}</td></tr>`,
  );
  return `<section class="inspection-annex">
<h2>附：系统掌握情况</h2>
<table>
<colgroup><col style="width:6%"><col style="width:28%"><col style="width:66%"></colgroup>
<tbody>
${cells.join('\n')}
</tbody>
</table>
</section>`;
}

function texts(lines: readonly string[]): string {
  return lines.map((line) => `<p class="paper-text" dir="auto">${escaped(line)}</p>`).join('');
}
