/**
 * What office browsers built on Chromium 90 (360, UOS and Kylin editions) lack and the page's libraries call. Loaded before
 * anything else; `test/ui/built-page.test.ts` compares this list with what the built page uses.
 */
function at<Item>(this: ArrayLike<Item>, index: number): Item | undefined {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

function provide(target: object, name: string, value: unknown): void {
  if (name in target) return;
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

provide(Array.prototype, 'at', at);
// Called off a variable: written out, Biome turns it into the very `Object.hasOwn` it stands in for.
const { hasOwnProperty: isOwn } = Object.prototype;
provide(Object, 'hasOwn', (target: object, key: PropertyKey) => isOwn.call(target, key));
