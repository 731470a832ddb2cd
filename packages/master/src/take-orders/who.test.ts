import { expect, test } from 'vitest';
import { whoOf } from './who.ts';

test('whoever gives an order has a name that a terminal and the database can hold', () => {
  expect(whoOf('ada@desk')).toBe('ada@desk');
  expect(whoOf('\u001b[31mada\n')).toBe('[31mada');
  expect(whoOf('  ')).toBe('somebody');
  expect(whoOf('a'.repeat(150))).toHaveLength(100);
});
