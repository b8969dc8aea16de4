/** A style sheet taken apart as far as its vocabulary goes: at-rules, selectors, declarations. No browser, no cascade. */

export interface Declaration {
  /** Selector or at-rule it stands in. */
  readonly where: string;
  readonly property: string;
  readonly value: string;
}

export interface StyleParts {
  /** Such as `@media (min-width: 900px)`. */
  readonly atRules: readonly string[];
  readonly selectors: readonly string[];
  readonly declarations: readonly Declaration[];
  /** Rules that stand inside another rule's declarations. */
  readonly nested: readonly string[];
}

/** At-rules whose blocks hold rules; those of others hold declarations. */
const HOLDS_RULES =
  /^@(?:-webkit-)?(?:media|supports|layer|container|keyframes|document|scope|starting-style)\b/;

export function stylePartsOf(text: string): StyleParts {
  const atRules: string[] = [];
  const selectors: string[] = [];
  const declarations: Declaration[] = [];
  const nested: string[] = [];
  /** Heads of the blocks that are open. */
  const open: string[] = [];
  const holdsRules = (): boolean => open.length === 0 || HOLDS_RULES.test(open.at(-1) ?? '');

  function begin(head: string): void {
    if (head.startsWith('@')) atRules.push(head);
    else if (/^@(?:-webkit-)?keyframes/.test(open.at(-1) ?? '')) {
      // `from`, `50%`: not selectors.
    } else selectors.push(head);
    if (!holdsRules()) nested.push(`${open.at(-1) ?? ''} { ${head} }`);
    open.push(head);
  }
  function declare(piece: string): void {
    if (piece.startsWith('@')) atRules.push(piece);
    else if (piece !== '') {
      const colon = piece.indexOf(':');
      const property = piece.slice(0, colon).trim();
      declarations.push({ where: open.at(-1) ?? '', property, value: piece.slice(colon + 1).trim() });
    }
  }

  let piece = '';
  for (const token of tokensOf(text)) {
    if (token === '{') {
      begin(piece.trim());
      piece = '';
    } else if (token === '}') {
      declare(piece.trim());
      open.pop();
      piece = '';
    } else if (token === ';') {
      declare(piece.trim());
      piece = '';
    } else piece += token;
  }
  declare(piece.trim());
  return { atRules, selectors, declarations, nested };
}

/** Braces and semicolons that mean something, and whatever stands between them. */
function tokensOf(text: string): readonly string[] {
  const parts = /\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\\.|[\s\S]/g;
  const tokens: string[] = [];
  let depth = 0;
  for (const [part] of text.matchAll(parts)) {
    if (part.startsWith('/*')) continue;
    if (part === '(') depth += 1;
    if (part === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && (part === '{' || part === '}' || part === ';')) tokens.push(part);
    // Inside brackets they are text, as in a data address.
    else tokens.push(part === '{' || part === '}' || part === ';' ? '_' : part);
  }
  return tokens;
}
