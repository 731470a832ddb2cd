import { expect, test } from 'vitest';
import { draw } from '../pixels/picture.ts';
import { linesOf } from './emulator-lines.ts';

const size = { columns: 80, rows: 24 };
const half = draw((_, y) => (y < 4 ? [255, 0, 0] : [0, 0, 0]));
const words = { caption: 'rock-1: idle', keys: '↑↓ others, ← back' };
const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\x1b\[[\d;]*m/g, '').trim());

test('the emulator has two pixels a cell, as large as they fit', () => {
  const blocks = (columns: number, rows: number) =>
    linesOf(half, words, { columns, rows }, 'true').join('').match(/▀/g);
  expect(blocks(80, 24)).toHaveLength(32 * 16);
  expect(blocks(40, 12)).toHaveLength(16 * 8);
  expect(blocks(20, 8)).toHaveLength(8 * 4);
  expect(linesOf(half, words, size, 'true').join('')).toContain('38;2;255;0;0');
  expect(linesOf(half, words, size, '256').join('')).toContain('38;5;196');
  expect(linesOf(half, words, size, 'none').join('')).not.toContain('38;');
});

test('below the lights stands the whole text that goes by on them, and last what the keys do', () => {
  const caption = 'The disk of the master is nearly full: it takes no more wheels until there is room again. '.repeat(
    2,
  );
  const lines = plain(linesOf(half, { ...words, caption }, size, 'true'));
  expect(lines).toHaveLength(24);
  expect(lines.join(' ')).toContain(caption.trim());
  expect(lines.at(-1)).toBe('q: leave. ↑↓ others, ← back');
  const narrow = plain(linesOf(half, { ...words, caption }, { columns: 20, rows: 8 }, 'true'));
  expect(narrow.slice(4)).toEqual(['', 'The disk of the', 'master is nearly…', 'q: leave. ↑↓ othe…']);
});

test.each([
  [7, 12],
  [40, 5],
  [3, 2],
  [1, 1],
])('a terminal of %i by %i says how large it has to be, and never shows more than it has', (columns, rows) => {
  const lines = plain(linesOf(half, words, { columns, rows }, 'true'));
  expect(lines.length).toBe(rows);
  expect(lines.every((line) => line.length <= columns)).toBe(true);
  expect(lines.join('')).toContain('8 × 6 at least'.slice(0, columns).trim());
});

test('other people’s words can’t steer the terminal', () => {
  const lines = linesOf(half, { ...words, caption: 'a\x1b[2Jb\u202ec\nd\u009b2Je' }, size, 'none').join('|');
  expect(lines).toContain(' a [2Jbc d 2Je');
  expect(lines).not.toMatch(/[\x1b\x9b\n\u202e]/);
});
