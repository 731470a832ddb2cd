import { expect, test } from 'vitest';
import { wholeLines } from './whole-lines.ts';

test('lines that come in pieces are handed on whole, and the last one when there are no more', () => {
  const handed: string[] = [];
  const lines = wholeLines((text) => handed.push(text));
  const bytes = Buffer.from('one\ntwo ä\nthree');
  for (const byte of bytes) lines.hear(Uint8Array.of(byte));
  expect(handed).toEqual(['one\n', 'two ä\n']);
  lines.flush();
  expect(handed.at(-1)).toBe('three');
});
