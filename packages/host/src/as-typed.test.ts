import { expect, test } from 'vitest';
import { asTyped } from './as-typed.ts';

test('who started a program through npm is told to start others so', () => {
  expect(asTyped('piw-control', { npm_command: 'start' })).toBe('npx piw-control');
  expect(asTyped('piw-control', {})).toBe('piw-control');
});
