/** 办理经过 on paper: the steps, the corrections, and what is attached. */
import { sizeText } from './attachment.ts';
import type { FormSource, PaperSetting, PaperSound } from './form-source.ts';
import { labelsOf, STEP_NAMES, shownValue, WAY_NAMES } from './form-words.ts';
import { type PaperPart, textPart } from './paper.ts';
import { momentText, printable } from './paper-text.ts';

/** `2026年11月23日 03时07分`, the person and `（电话）`; the text; who wrote it down. */
export function stepPart(entry: FormSource['entries'][number], offset: PaperSetting['offset']): PaperPart {
  const who = entry.who === '' ? '' : `　${entry.who}`;
  const way = entry.way === null ? '' : `（${WAY_NAMES[entry.way]}）`;
  const due = entry.dueAt === null ? '' : `　时限：${momentText(entry.dueAt, offset)}`;
  const by = entry.by === null ? '' : `${entry.kind === 'instruction' ? '代录' : '记录'}：${entry.by}`;
  const confirmed =
    entry.confirmed === null
      ? ''
      : `　本人确认：${entry.confirmed.by} ${momentText(entry.confirmed.at, offset)}`;
  const struck =
    entry.withdrawn === null ? '' : `　已撤回：${entry.withdrawn.by}，原因：${entry.withdrawn.reason}`;
  return textPart(
    STEP_NAMES[entry.kind],
    `${momentText(entry.happenedAt ?? entry.at, offset)}${who}${way}${due}\n${entry.text}\n${by}${confirmed}${struck}`,
  );
}

/** Every correction in a sentence. */
export function correctionsPart(record: FormSource, offset: PaperSetting['offset']): PaperPart {
  const label = labelsOf(record.direction);
  const said = record.corrections.map(({ at, by, field, from, to, reason }) => {
    const shown = (value: string) =>
      field === 'callTime' ? momentText(Number(value), offset) : shownValue(field, value) || '（空）';
    return `${momentText(at, offset)}　${by}将${label[field].replaceAll(' ', '')}由“${shown(from)}”更正为“${shown(to)}”，原因：${reason}`;
  });
  return textPart('更正', said.join('\n'));
}

/** A recording with its length and digest. */
export function soundText({ seconds, sha256 }: PaperSound, index: number): string {
  const length = seconds === null ? '' : `，${Math.floor(seconds / 60)} 分 ${Math.floor(seconds % 60)} 秒`;
  return `通话录音 ${index + 1}${length}${sha256 === null ? '' : `，校验值 SHA-256 ${sha256}`}`;
}

/** 附件 that were not removed, by name. */
export function attachedTexts(attachments: FormSource['attachments']): readonly string[] {
  return attachments
    .filter(({ removed }) => removed === null)
    .map(({ name, bytes, sha256 }) => printable(`${name}（${sizeText(bytes)}），校验值 SHA-256 ${sha256}`));
}
