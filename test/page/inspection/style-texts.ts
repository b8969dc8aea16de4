/** The styles of a page as the browser has them now: our sheets, what antd wrote into the page at run time, and shadow trees. */
import type { Page } from 'playwright-core';

/** Each sheet as it was written, not as this browser understood it: it leaves out nothing it does not know. */
export function styleTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const texts: string[] = [];
    const rulesOf = (sheet: CSSStyleSheet): string =>
      [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
    const look = async (root: Document | ShadowRoot): Promise<void> => {
      for (const sheet of root.adoptedStyleSheets) texts.push(rulesOf(sheet));
      for (const sheet of root.styleSheets) {
        const { ownerNode, href } = sheet;
        if (href !== null) texts.push(await (await fetch(href, { cache: 'force-cache' })).text());
        else {
          const written = ownerNode?.textContent ?? '';
          // What was put in rule by rule stands in no text.
          texts.push(written === '' ? rulesOf(sheet) : written);
        }
      }
      for (const element of root.querySelectorAll('*'))
        if (element.shadowRoot !== null) await look(element.shadowRoot);
    };
    await look(document);
    for (const element of document.querySelectorAll('[style]'))
      texts.push(`${element.tagName.toLowerCase()}{${element.getAttribute('style') ?? ''}}`);
    return texts;
  });
}
