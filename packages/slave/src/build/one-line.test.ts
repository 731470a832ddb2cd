import { expect, test } from 'vitest';
import { harmlessOutput, oneLine } from './one-line.ts';

test('what a package says cannot steer a terminal', () => {
  expect(oneLine('\u001b[2Jgone\r\nand\u009bmore', 100)).toBe('[2Jgone and more');
  expect(harmlessOutput('a\tb\r\n\u001b]0;title\u0007\n')).toBe('a\tb\r\n]0;title\n');
});

test('what a package says is cut to its measure', () => {
  expect(oneLine('x'.repeat(50), 10)).toHaveLength(10);
});
