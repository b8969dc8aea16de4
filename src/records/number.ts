/**
 * Number of a registered record from the office's pattern: `值电〔{year}〕{n}号` → `值电〔2026〕1号`. The serial is a plain
 * integer in its own column; as official documents do, it is written without leading zeros and without 第.
 */
export function numberText(pattern: string, year: number, serial: number): string {
  return pattern.replaceAll('{year}', String(year)).replaceAll('{n}', String(serial));
}
