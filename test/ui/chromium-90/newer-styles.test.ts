import { describe, expect, it } from 'vitest';
import { newerStyles } from './newer-styles.ts';

describe('what Chromium 90 lacks is found', () => {
  it.each([
    ['a:has(b){color:red}', ':has'],
    ['@container (min-width:1px){a{color:red}}', '@container'],
    ['@layer base{a{color:red}}', '@layer'],
    ['@media (width >= 900px){a{color:red}}', 'media ranges'],
    ['a{color:color-mix(in srgb, red, blue)}', 'color-mix()'],
    ['a{color:oklch(0.5 0.1 20)}', 'oklch()'],
    ['a{height:100dvh}', 'unit dvh'],
    ['a{width:calc(100svh - 2px)}', 'unit svh'],
    ['a{accent-color:red}', 'accent-color'],
    ['a{translate:1px}', 'translate'],
    ['a{scrollbar-gutter:stable}', 'scrollbar-gutter'],
    ['a{text-wrap:balance}', 'text-wrap'],
    ['a{color:red;&:hover{color:blue}}', 'nesting'],
    ['a{b{color:blue}}', 'nesting'],
    ['a:nth-child(2 of b){color:red}', 'nth-child of a selector'],
    ['a{a-property-of-next-year:1}', 'a-property-of-next-year'],
    ['a:user-invalid{color:red}', ':user-invalid'],
    ['a{font-palette:light}', 'font-palette'],
  ])('%s', (css, what) => {
    expect(newerStyles(css).join('\n')).toContain(what);
  });
});

describe('what it knows is not', () => {
  it.each([
    ':where(.a) > b:not(:last-child)::before{content:"{ & ; } :has( 100dvh"}',
    '@media (max-width: 1200px) and (min-height:560px){.a{display:grid;gap:4px 8px}}',
    '.a{inset:0;aspect-ratio:1;background:url("data:image/svg+xml;base64,x;{}") no-repeat}',
    '@keyframes turn{from{transform:rotate(0)}50%{opacity:.5}to{transform:rotate(360deg)}}',
    '.a:focus-visible,.b:is(.c,.d){outline:2px solid var(--focus,#0b5fff)}',
    '@font-face{font-family:x;src:url(x.woff2)}/* a:has(b) */',
    '.a{margin-inline-start:calc(1px*var(--x) + 2.5em);color:rgba(0,0,0,.1)}',
    '.a{-webkit-print-color-adjust:exact;print-color-adjust:exact}',
    '@supports (display:grid){.a{width:min(1px,2vw)}}',
  ])('%s', (css) => {
    expect(newerStyles(css)).toEqual([]);
  });
});
