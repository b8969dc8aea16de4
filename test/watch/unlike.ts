import type { Expected } from './live-cases.ts';
import type { Noticed } from './watch-scene.ts';

type Found = Pick<Noticed, 'kind' | 'scope' | 'evidence'>;

/** What was found and should not have been, and the other way round; nothing when both are the same. */
export function unlike(found: readonly Found[], expected: readonly Expected[]): readonly string[] {
  const missing = expected.filter((one) => !found.some((other) => fits(other, one)));
  const surplus = found.filter((one) => !expected.some((other) => fits(one, other)));
  return [...missing.map((one) => `not found: ${said(one)}`), ...surplus.map((one) => `found: ${said(one)}`)];
}

function said({ kind, scope, evidence }: Expected | Found): string {
  const texts = Object.entries(evidence).map(
    ([name, value]) => `${name} ${value instanceof RegExp ? String(value) : JSON.stringify(value)}`,
  );
  return `${kind} ${scope} (${texts.join(', ')})`;
}

function fits(found: Found, { kind, scope, evidence }: Expected): boolean {
  if (found.kind !== kind || found.scope !== scope) return false;
  const told: Readonly<Record<string, unknown>> = { ...found.evidence };
  return Object.entries(evidence).every(([name, value]) =>
    value instanceof RegExp
      ? value.test(String(told[name]))
      : JSON.stringify(told[name]) === JSON.stringify(value),
  );
}
