/** What the network itself said of where a call of ours went, as sentences of the office: on pages and on papers alike. Pure. */
import type { PassedOn } from './suspicion.ts';

/** Empty: it said nothing of the kind. `shown` writes a number as the page or the paper does. */
export function networkWords(
  passedOn: PassedOn | null,
  shown: (number: string) => string,
): readonly string[] {
  if (passedOn === null) return [];
  const to = passedOn.number === null ? null : shown(passedOn.number);
  switch (passedOn.sign) {
    case '181':
      return ['网络告知：该呼叫正被转接（181）。', ...(to === null ? [] : [`接到的是 ${to}。`])];
    case '302':
      return [`网络要求改拨 ${to ?? ''}（302）。`];
    case 'connected':
      return [`网络告知：接到的是 ${to ?? ''}。`];
  }
}
