/**
 * What the office hears outside (webhook, e-mail) of a new 疑似: the line, the room and the question, never a number or a
 * word of a caller. Pure.
 */
import { type SuspicionKind, TOPIC_OF } from './suspicion.ts';

/** Null: nobody is woken for it (振铃超时, a phone that is not connected). */
export function suspectAlert(
  kind: SuspicionKind,
  line: { readonly number: string; readonly room: string },
): { readonly zh: string; readonly en: string } | null {
  const { number, room } = line;
  switch (TOPIC_OF[kind]) {
    case 'forwarding':
      return {
        zh: `${room}值班电话 ${number} 疑似呼转，请值班员在“检测”页核对证据后确认或排除。`,
        en: `The duty line ${number} of ${room} may be forwarded: look at the evidence on the page 检测.`,
      };
    case 'ringback':
      return {
        zh: `${room}值班电话 ${number} 疑似设有彩铃或提示音，请值班员在“检测”页核对证据后确认或排除。`,
        en: `The duty line ${number} of ${room} may play a colour ringback: look at the evidence on the page 检测.`,
      };
    case 'answering':
      return null;
  }
}
