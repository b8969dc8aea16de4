/** axe-core over a page as it stands: what WCAG 2.1 A and AA refuse, contrast of colours among it. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const GRAVE: readonly (string | null | undefined)[] = ['serious', 'critical'];

/** Every serious or critical violation as one sentence: the rule, where, and why. */
export async function graveFindings(page: Page): Promise<readonly string[]> {
  // By the debugger, as `evaluate` does it: the page's own policy lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (values) =>
      (window as unknown as { readonly axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    TAGS,
  );
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id} ${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 240)}`,
      ),
    );
}
