import { expect, test } from 'vitest';
import type { Cell } from './pictures/cells.ts';
import { svgOf } from './pictures/svg.ts';

const cell = (text: string, look: Partial<Cell> = {}): Cell => ({
  ...{ text, width: 1, colour: null, bold: false, dim: false, inverse: false, ...look },
});

test('a picture has a text for cells that look the same, each as wide as its cells', () => {
  const svg = svgOf([[cell('a'), cell('b'), cell('c', { colour: 1, bold: true }), cell(' ')]], 'letters');
  expect(svg).toContain('<text x="8" y="21" textLength="16" lengthAdjust="spacingAndGlyphs">ab</text>');
  expect(svg).toContain('<text x="24" y="21" textLength="8" lengthAdjust="spacingAndGlyphs" class="c1 b">c</text>');
});

test('a glyph that a font may not have moves nothing beside it', () => {
  const svg = svgOf([[cell('a'), cell('◆'), cell('b'), cell('語', { width: 2 }), cell('c')]], 'glyphs');
  expect([...svg.matchAll(/<text x="(\d+)"/g)].map(([, x]) => Number(x))).toEqual([8, 16, 24, 32, 48]);
});

test('what a package says is no markup in a picture', () => {
  expect(svgOf([Array.from('<b>&', (text) => cell(text))], 'a < b')).toMatch(/<title>a &lt; b<.*>&lt;b&gt;&amp;</s);
});

test('what is chosen is a bar with its text in the colour of the ground', () => {
  const svg = svgOf([[cell('x', { inverse: true, colour: 2 })]], 'bar');
  expect(svg).toMatch(/<rect x="8" y="8" width="8" height="17" fill="#8cc570"\/><text [^>]*style="fill:#16181d">x</);
});
