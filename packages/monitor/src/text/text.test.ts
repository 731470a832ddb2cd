import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiOf } from './ascii.ts';
import { cut, cutLine, fit, fitLine, from, pieces, spread } from './fit.ts';
import { paint } from './paint.ts';
import { line, span, textOf } from './span.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

test('whatever a text holds, it takes just so many columns', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(fit(text, width))).toBe(width);
    }),
  );
});

test('wide characters are not cut in half, and combining ones stay with theirs', () => {
  expect(cut('工房の板', 5)).toBe('工房…');
  expect(fit('工房', 6, 'right')).toBe('  工房');
  expect(cut('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
});

test('of a long text only what is shown is looked at', () => {
  const text = '工e\u0301'.repeat(2_000_000);
  const since = performance.now();
  for (let n = 0; n < 1000; n += 1) expect(cut(text, 10)).toBe('工e\u0301工e\u0301工e\u0301…');
  expect(performance.now() - since).toBeLessThan(1000);
});

test('a text goes on after so many columns, and half a wide character is a space', () => {
  expect(from('工房の板', 3)).toBe(' の板');
  expect(from('e\u0301工x', 1)).toBe('工x');
  expect(from('工', 7)).toBe('');
});

test('nothing in a text can command the terminal', () => {
  expect(cut('a\x1b[2J\x07b\nc', 20)).not.toMatch(/[\x00-\x1f]/);
});

test('what terminals do not agree on is left out: marks that turn the direction of writing, joiners, selectors, skin tones', () => {
  expect(cut('a\u202eb\u2066c\u200f\u061c\ufeff\u00ad\u200b', 20)).toBe('abc');
  expect(fit('👩\u200d💻', 6)).toBe('👩💻  ');
  expect(cut('❤\ufe0f👍🏽', 20)).toBe('❤👍');
  expect(cut('שלום\u202c', 20)).toBe('שלום');
});

test('on a light ground nothing is yellow or cyan, whatever the terminal knows of colours', () => {
  for (const tone of ['good', 'sending', 'cleaning', 'odd', 'bad', 'key'] as const)
    for (const many of [false, true]) {
      const painted = paint(line(span('x', tone)), { colours: true, many, light: true, ascii: false });
      expect(painted).not.toMatch(/\[(1;)?(9?3[36]|9[0-7])m/);
      expect(painted.includes('38;5;')).toBe(many);
    }
});

test('what is at the right of a line stays whole as long as there is room', () => {
  expect(textOf(spread(line('a long beginning'), line('end'), 12))).toBe('a long b…end');
  expect(textOf(spread(line('left'), line('a very long end'), 10))).toBe('left');
});

test('a line is cut between its pieces', () => {
  expect(textOf(cutLine(line('one ', span('two', 'bad'), ' three'), 6))).toBe('one t…');
  expect(textOf(fitLine(line('one'), 6))).toBe('one   ');
});

test('in ASCII every character has a stand-in that is as wide', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      const shown = cut(text, 40);
      expect(asciiOf(shown)).toMatch(/^[\x20-\x7e]*$/);
      expect(asciiOf(shown).length).toBe(widthOf(shown));
    }),
  );
  expect(asciiOf('● ✓ …')).toBe('* + ~');
});

test('in ASCII a chart is strokes that go where its dots went', () => {
  expect(asciiOf('⣀⡠⠔⠊⠉⠑⠢⢄⣀')).toBe('__--"--__');
  expect(asciiOf('⡇⢸⠀')).toBe('|| ');
  expect(asciiOf('⡜⢣⠤⠁⢀')).toBe("/\\-'.");
});

test('what is chosen is inverse, what is old is dim, and colours are those of the terminal', () => {
  const one = line(span('lost', 'bad'));
  expect(paint({ ...one, chosen: true }, { colours: true, ascii: false })).toBe('\x1b[7;31mlost\x1b[0m');
  expect(paint({ ...one, old: true }, { colours: true, ascii: false })).toBe('\x1b[2;31mlost\x1b[0m');
  const bold = { spans: [{ text: '>', tone: 'key' }], old: true } as const;
  expect(paint(bold, { colours: true, ascii: false })).toBe('\x1b[2;36m>\x1b[0m');
  expect(paint(one, { colours: false, ascii: false })).toBe('\x1b[1mlost\x1b[0m');
  expect(paint(one, { colours: true, ascii: false, plain: true })).toBe('lost');
});

test('a text is broken between words, and a word where it must be', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('工房の板は 静かだ x', 6)).toEqual(['工房の', '板は', '静かだ', 'x']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 8, max: 20 }), (text, width) => {
      for (const one of wrap(text, width)) expect(widthOf(one)).toBeLessThanOrEqual(width);
    }),
  );
});

test('marks that take room are counted as terminals count them', () => {
  expect(widthOf('नमस्ते')).toBe(4);
  expect(widthOf('कि')).toBe(2);
  expect(widthOf('e\u0301工█⠓')).toBe(5);
});

test('figures after what is written from right to left stay where they are', () => {
  const hebrew = line(span('שרת', 'bad'), '  12');
  expect(paint(hebrew, { colours: true, ascii: false })).toBe('\x1b[31mשרת\u200e\x1b[0m  12');
  expect(paint(hebrew, { colours: true, ascii: false, plain: true })).toBe('שרת  12');
});

test.each([[0], [-2]])('in %i columns a text is broken into characters, and that ends', (width) => {
  expect(pieces('abc', width)).toEqual(['a', 'b', 'c']);
  expect(pieces('é́bc', width)).toHaveLength(3);
  expect(wrap('ab c', width)).toEqual(['a', 'b', 'c']);
});
