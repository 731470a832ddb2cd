import { expect, test } from 'vitest';
import { formatSize, parseSize } from './size.ts';

test.each([
  ['2GiB', 2 * 1024 ** 3],
  ['500M', 500 * 1024 ** 2],
  ['64 MB', 64_000_000],
  ['1024', 1024],
  ['17B', 17],
  ['1.5k', 1536],
])('"%s" is %d bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

test.each(['', 'much', '-5M', '5 parsecs', '1e9', '5iB'])('"%s" is no size', (text) =>
  expect(() => parseSize(text)).toThrow(/is no size: write it like/),
);

test.each([
  [0, '0 B'],
  [17, '17 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [1024 ** 2 - 1, '1 MiB'],
  [2 * 1024 ** 3, '2 GiB'],
  [500 * 1024 ** 2, '500 MiB'],
  [5 * 1024 ** 6, '5120 PiB'],
])('%d bytes are read as %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
