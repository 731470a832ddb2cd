import { expect, test } from 'vitest';
import { compressTags, expandTag } from './tag.ts';

test('a compressed tag set means every combination of its parts', () => {
  expect(expandTag('py2.py3-none-any')).toEqual(['py2-none-any', 'py3-none-any']);
  expect(expandTag('cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64')).toEqual([
    'cp39-abi3-manylinux_2_17_x86_64',
    'cp39-abi3-manylinux2014_x86_64',
  ]);
});

test('tags are lower case, whatever a filename says', () => {
  expect(expandTag('CP311-cp311-Linux_x86_64')).toEqual(['cp311-cp311-linux_x86_64']);
});

test.each(['', 'py3', 'py3-none', 'py3-none-any-x', 'py3--any', 'py3..py2-none-any', 'py3-no ne-any', '../-none-any'])(
  '%j is no tag',
  (text) => {
    expect(expandTag(text)).toEqual([]);
  },
);

test('a set of a million tags is refused', () => {
  const many = Array.from({ length: 100 }, (_, i) => `a${i}`).join('.');
  expect(expandTag(`${many}-${many}-${many}`)).toEqual([]);
});

test.each(['py2.py3-none-any', 'cp311-cp311-linux_x86_64', 'cp39.cp310-abi3.none-a.b'])(
  '%s survives being expanded and compressed',
  (set) => {
    expect(compressTags(expandTag(set))).toBe(set);
  },
);

test('tags that are no product of their parts cannot be compressed', () => {
  expect(compressTags(['cp311-cp311-any', 'py3-none-any'])).toBeUndefined();
  expect(compressTags([])).toBeUndefined();
});
