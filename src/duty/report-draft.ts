/**
 * What a report is prefilled with. 初报 says from whom, when and what; a 续报 does not repeat the beginning; 终报 sums up (the
 * rules of practice, docs: domain §1.5). Pure; `momentText` writes a moment as the office writes it.
 */
import type { ReportKind } from './incident.ts';

export interface DraftFrom {
  readonly title: string;
  /** 要情, as it is known now. */
  readonly text: string;
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  /** Who told us: unit and person, '' when it was entered by hand. */
  readonly source: string;
  /** What the upper office asked, for a 核报. */
  readonly asked: string | null;
}

export function reportDraft(
  kind: ReportKind,
  { title, text, occurredAt, receivedAt, source, asked }: DraftFrom,
  momentText: (at: number) => string,
): string {
  const named = /[。！？]$/.test(title) ? title : `${title}。`;
  switch (kind) {
    case 'first': {
      const heard = source === '' ? '我室接报' : `我室接${source}报告`;
      const when = occurredAt === null ? '' : `${momentText(occurredAt)}，`;
      const begins = `${momentText(receivedAt)}，${heard}：${when}`;
      // The name is mostly the first sentence of what was written down.
      const what = text.startsWith(title) ? text : joined(named, text);
      return joined(`${begins}${what}`, '后续情况将及时续报。');
    }
    case 'further':
      return joined(`现将“${title}”有关情况续报如下：`, '', '后续情况将及时续报。');
    case 'final':
      return joined(
        `“${title}”已处置结束，现将有关情况报告如下：`,
        '一、基本情况',
        text,
        '二、处置经过',
        '',
        '三、善后和下一步工作',
        '',
      );
    case 'verification':
      return joined(
        `关于“${title}”，现将核实情况报告如下：`,
        asked === null ? '' : `要求核实：${asked}`,
        '核实结果：',
      );
  }
}

function joined(...paragraphs: readonly string[]): string {
  return paragraphs.join('\n');
}
