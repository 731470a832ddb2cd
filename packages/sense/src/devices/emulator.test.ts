import { expect, test } from 'vitest';
import { keysOf } from './emulator.ts';

test('arrow keys are heard in both ways that terminals send them, and letters beside them', () => {
  expect(keysOf('\x1b[A\x1bOBjl \r\nq')).toEqual(['up', 'down', 'down', 'right', 'in', 'in', 'in', 'leave']);
  expect(['\x03', '\x04'].flatMap(keysOf)).toEqual(['leave', 'leave']);
});

test('what a terminal sends besides keys does nothing: no letter of it is a key', () => {
  for (const sent of [
    '\x1b[1;5A',
    '\x1b[?62;22h',
    '\x1b[3~',
    '\x1b[200~',
    '\x1b[<0;10;10M',
    '\x1bq',
    '\x1b',
    'x',
    '\x1bOl',
  ])
    expect(keysOf(sent)).toEqual([]);
});
