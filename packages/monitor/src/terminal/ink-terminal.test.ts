import { expect, test } from 'vitest';
import { InkTerminal } from './ink-terminal.ts';

const size = { columns: 80, rows: 24 };

test('ink hears each key by itself, and that it hears them is told at once', () => {
  let isHeard = false;
  const terminal = new InkTerminal(size, () => (isHeard = true));
  const keys: string[] = [];
  terminal.stdin.addListener('readable', () => keys.push(String(terminal.stdin.read())));
  expect(isHeard).toBe(true);
  for (const key of ['ab', '\x1b[A']) terminal.push(key);
  expect(keys).toEqual(['ab', '\x1b[A']);
});

test('ink hears of another size when it is there', () => {
  const terminal = new InkTerminal(size, () => undefined);
  const sizes: number[] = [];
  terminal.stdout.on('resize', () => sizes.push(terminal.stdout.columns, terminal.stdout.rows));
  terminal.resized({ columns: 70, rows: 20 });
  expect(sizes).toEqual([70, 20]);
});
