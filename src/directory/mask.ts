/** A number as lists show a citizen's: enough to tell two callers apart, not enough to call one. */
const KEPT_TAIL = 4;

/** Area code or first three digits and the last four stay: `139****0001`, `0954-***5678`. Texts without digits stay. */
export function maskedNumber(shown: string): string {
  const count = shown.replace(/\D/g, '').length;
  const area = /^0\d{2,3}(?=\D)/.exec(shown)?.[0].length ?? 3;
  const head = count > KEPT_TAIL + area ? area : 0;
  let seen = 0;
  return shown.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= head || seen > count - KEPT_TAIL ? digit : '*';
  });
}
