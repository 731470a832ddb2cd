import { expect, test } from 'vitest';
import { parseWheelMetadata } from './wheel-metadata.ts';

const parse = (...lines: string[]) => parseWheelMetadata(new TextEncoder().encode(lines.join('\n')));

test('WHEEL says its version, its tags and where its root belongs', () => {
  expect(
    parse(
      'Wheel-Version: 1.0',
      'Generator: x 1',
      'Root-Is-Purelib: True',
      'Build: 1',
      'Tag: py2.py3-none-any',
      'Tag: x',
    ),
  ).toEqual({
    wheelVersion: '1.0',
    generator: 'x 1',
    rootIsPurelib: true,
    tags: ['py2-none-any', 'py3-none-any'],
    buildTag: '1',
  });
});

test('a WHEEL that says no more than its version belongs to platlib', () => {
  expect(parse('Wheel-Version: 1.0')).toMatchObject({
    rootIsPurelib: false,
    generator: null,
    buildTag: null,
    tags: [],
  });
});

test('a WHEEL without a version is refused', () => {
  expect(() => parse('Root-Is-Purelib: true')).toThrow('no Wheel-Version');
});

test('a WHEEL of more than a mebibyte is refused', () => {
  expect(() => parseWheelMetadata(new Uint8Array((1 << 20) + 1))).toThrow('more than 1048576 bytes');
});
