/** Codes that set or remove forwarding when they are dialled from the duty phone: the moment it happens is seen, whatever the carrier answers. */
import type { Scope } from './suspicion.ts';

export interface ForwardingCode {
  /** As dialled, `{number}` for the number it goes to: `*57*{number}#`. */
  readonly dial: string;
  readonly change: 'set' | 'removed' | 'toggled';
  /** `all`: every kind at once. `unreachable`: the phone is off or out of reach. */
  readonly condition: Scope | 'unreachable' | 'all';
}

export interface DialledForwarding extends ForwardingCode {
  /** Null where the code takes no number, or asks for it afterwards. */
  readonly target: string | null;
}

/**
 * Shipped codes, an office may give its own (`watch.codes`): fixed lines of Chinese carriers (57, 40, 41), mobiles and gateways (GSM:
 * 21, 67, 61, 62, 002), and what FreePBX takes from its phones
 * (`callforward` of FreePBX 16 and 17). The others are what Chinese carriers publish for their customers.
 */
export const FORWARDING_CODES: readonly ForwardingCode[] = [
  { dial: '*57*{number}#', change: 'set', condition: 'always' },
  { dial: '#57#', change: 'removed', condition: 'always' },
  { dial: '*40*{number}#', change: 'set', condition: 'busy' },
  { dial: '#40#', change: 'removed', condition: 'busy' },
  { dial: '*41*{number}#', change: 'set', condition: 'no-answer' },
  { dial: '#41#', change: 'removed', condition: 'no-answer' },
  { dial: '**21*{number}#', change: 'set', condition: 'always' },
  { dial: '*21*{number}#', change: 'set', condition: 'always' },
  { dial: '##21#', change: 'removed', condition: 'always' },
  { dial: '#21#', change: 'removed', condition: 'always' },
  { dial: '**67*{number}#', change: 'set', condition: 'busy' },
  { dial: '##67#', change: 'removed', condition: 'busy' },
  { dial: '**61*{number}#', change: 'set', condition: 'no-answer' },
  { dial: '##61#', change: 'removed', condition: 'no-answer' },
  { dial: '**62*{number}#', change: 'set', condition: 'unreachable' },
  { dial: '##62#', change: 'removed', condition: 'unreachable' },
  { dial: '##002#', change: 'removed', condition: 'all' },
  { dial: '*72{number}', change: 'set', condition: 'always' },
  { dial: '*72', change: 'set', condition: 'always' },
  { dial: '*93', change: 'set', condition: 'always' },
  { dial: '*73', change: 'removed', condition: 'always' },
  { dial: '*74', change: 'removed', condition: 'always' },
  { dial: '*90{number}', change: 'set', condition: 'busy' },
  { dial: '*90', change: 'set', condition: 'busy' },
  { dial: '*94', change: 'set', condition: 'busy' },
  { dial: '*91', change: 'removed', condition: 'busy' },
  { dial: '*92', change: 'removed', condition: 'busy' },
  { dial: '*52{number}', change: 'set', condition: 'no-answer' },
  { dial: '*52', change: 'set', condition: 'no-answer' },
  { dial: '*95', change: 'set', condition: 'no-answer' },
  { dial: '*53', change: 'removed', condition: 'no-answer' },
  { dial: '*96', change: 'toggled', condition: 'always' },
  { dial: '*21', change: 'toggled', condition: 'always' },
];

/**
 * Which code was dialled; null for every other number, also for codes that only ask (`*#21#`). A digit for an outside line may stand
 * before it (`9*57*…#`), and the last `#` may be missing: many phones take it for "dial now".
 */
export function forwardingCode(
  dialled: string,
  codes: readonly ForwardingCode[] = FORWARDING_CODES,
): DialledForwarding | null {
  const plain = dialled.replace(/^\d{1,2}(?=[*#])/, '');
  for (const code of codes) {
    const found = shapeOf(code.dial).exec(plain);
    if (found !== null) return { ...code, target: found[1] ?? null };
  }
  return null;
}

function shapeOf(dial: string): RegExp {
  const escaped = dial.replaceAll(/[*#+]/g, '\\$&').replace('{number}', String.raw`(\+?\d{3,32})`);
  return new RegExp(`^${escaped.replace(/\\#$/, '\\#?')}$`);
}
