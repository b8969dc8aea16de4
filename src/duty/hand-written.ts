/** What a person wrote by hand and no call and no record holds, as 涉密误录处置 is asked for it. Pure. */
import type { OpenMatter } from './hand-over.ts';
import { ITEM_CODES, type ItemCode } from './inspection-items.ts';
import { NOTES_PARTS, type NotesPart } from './notes-parts.ts';

export type HandWritten =
  /**
   * A 突发事件 with all that was said of it, a 待办, why a sealed 值班日志 was opened again, what was said with a decision about a
   * 检测发现, why two swap and what was answered.
   */
  | { readonly kind: 'incident' | 'task' | 'opening' | 'finding' | 'swap'; readonly id: string }
  /** A person's words in 值班日志, in each log of the room that has the line. */
  | { readonly kind: 'line'; readonly room: string; readonly id: string }
  /** Why one of 移交事项 was not handed over, in a 交接班 that is done. */
  | { readonly kind: 'reason'; readonly handOver: string; readonly matter: OpenMatter }
  /** 检查情况 of an item in a 检查记录表 that the inspector has signed. */
  | { readonly kind: 'item'; readonly inspection: string; readonly code: ItemCode }
  /** What was said of its 整改, `at` a moment (ms UTC). */
  | { readonly kind: 'mending'; readonly inspection: string; readonly code: ItemCode; readonly at: number }
  /** A part of 本班须知, in each version that has it as this one has. */
  | { readonly kind: 'notes'; readonly room: string; readonly version: number; readonly part: NotesPart };

/** What of a text may be seen: nothing for now, nothing ever again. */
export type ShutState = 'isolated' | 'destroyed';

/** By their names (`nameOfWritten`); those that are not shut are left out. */
export type ShutTexts = Readonly<Record<string, ShutState>>;

/** Stands where the text stood. */
export const HIDDEN = '（内容已按规定隔离或销毁）';

/** `line:main:019b…`: for addresses and for the facts, so without a word of the text. */
export function nameOfWritten(written: HandWritten): string {
  switch (written.kind) {
    case 'line':
      return `line:${written.room}:${written.id}`;
    case 'reason':
      return `reason:${written.handOver}:${written.matter.kind}:${written.matter.id}`;
    case 'item':
      return `item:${written.inspection}:${written.code}`;
    case 'mending':
      return `mending:${written.inspection}:${written.code}:${written.at}`;
    case 'notes':
      return `notes:${written.room}:${written.version}:${written.part}`;
    default:
      return `${written.kind}:${written.id}`;
  }
}

/** Null: it is the name of nothing written by hand. */
export function readWritten(name: string): HandWritten | null {
  const [kind, first = '', ...rest] = name.split(':');
  switch (kind) {
    case 'incident':
    case 'task':
    case 'opening':
    case 'finding':
    case 'swap':
      return rest.length > 0 ? null : { kind, id: first };
    case 'line':
      return { kind, room: first, id: rest.join(':') };
    case 'reason': {
      const [of = '', ...id] = rest;
      return { kind, handOver: first, matter: { kind: of as OpenMatter['kind'], id: id.join(':') } };
    }
    case 'item':
    case 'mending': {
      const code = ITEM_CODES.find((one) => one === rest[0]);
      if (code === undefined) return null;
      if (kind === 'item') return rest.length > 1 ? null : { kind, inspection: first, code };
      const at = wholeNumber(rest[1]);
      return at === null || rest.length > 2 ? null : { kind, inspection: first, code, at };
    }
    case 'notes': {
      const version = wholeNumber(rest[0]);
      const part = NOTES_PARTS.find((one) => one === rest[1]);
      if (version === null || part === undefined || rest.length > 2) return null;
      return { kind, room: first, version, part };
    }
    default:
      return null;
  }
}

/** Only as it is written by `nameOfWritten`: one text has one name. */
function wholeNumber(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 && String(number) === text ? number : null;
}
