/** What a person wrote by hand and no call and no record holds, as 涉密误录处置 is asked for it. Pure. */
import type { OpenMatter } from './hand-over.ts';

export type HandWritten =
  /** A 突发事件 with all that was said of it, a 待办, why a sealed 值班日志 was opened again. */
  | { readonly kind: 'incident' | 'task' | 'opening'; readonly id: string }
  /** A person's words in 值班日志, in each log of the room that has the line. */
  | { readonly kind: 'line'; readonly room: string; readonly id: string }
  /** Why one of 移交事项 was not handed over, in a 交接班 that is done. */
  | { readonly kind: 'reason'; readonly handOver: string; readonly matter: OpenMatter };

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
      return rest.length > 0 ? null : { kind, id: first };
    case 'line':
      return { kind, room: first, id: rest.join(':') };
    case 'reason': {
      const [of = '', ...id] = rest;
      return { kind, handOver: first, matter: { kind: of as OpenMatter['kind'], id: id.join(':') } };
    }
    default:
      return null;
  }
}
