/** 附件 of a 电话记录单: which kinds there are, and names that can do no harm on any disk. Pure. */

/** By content, never by name. */
export type AttachmentType = 'pdf' | 'jpg' | 'png' | 'docx' | 'xlsx' | 'txt';

/** What the office allows. */
export interface AttachmentLimits {
  readonly mostBytes: number;
  /** Of one record, removed ones not counted. */
  readonly mostOfRecord: number;
}

export const USUAL_ATTACHMENT_LIMITS: AttachmentLimits = { mostBytes: 20_000_000, mostOfRecord: 20 };

const LONGEST_STEM = 100;

/**
 * A name as it may be shown and saved: no folder, no sign that steers a terminal or the direction of writing, nothing that
 * Windows refuses, not too long, and the ending of what the file is.
 */
export function attachmentName(given: string, type: AttachmentType): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  const stem = [...plain.replace(endingsOf(type), '')]
    .slice(0, LONGEST_STEM)
    .join('')
    .replace(/[. ]+$/, '');
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(stem) || stem.startsWith('.') ? `附件${stem}` : stem;
  return `${safe}.${type}`;
}

function endingsOf(type: AttachmentType): RegExp {
  return type === 'jpg' ? /\.jpe?g$/i : new RegExp(`\\.${type}$`, 'i');
}

/** `3.2 MB`, `48 KB`: as people compare files. */
export function sizeText(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1_000 ? `${Math.round(bytes / 1_000)} KB` : `${bytes} 字节`;
}
