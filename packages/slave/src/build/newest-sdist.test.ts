import { packageName } from '@piw/wheel/package-name';
import { expect, test } from 'vitest';
import { newestSdist } from './newest-sdist.ts';

const file = (version: string, more: { yanked?: string; requiresPython?: string } = {}) => ({
  filename: `p-${version}.tar.gz`,
  url: `https://index.example/p-${version}.tar.gz`,
  ...{ sha256: null, sizeBytes: null, uploadedAt: null, metadataSha256: null, requiresPython: null, yanked: null },
  provenance: null,
  ...more,
});
const name = packageName.parse('p');
const newest = (specifier: string, ...files: ReturnType<typeof file>[]) =>
  newestSdist([{ files }], { name, specifier }, '3.11.2');

test('the newest version that suits is built', () => {
  expect(newest('<2', file('1.9'), file('1.10'), file('2.0'))).toBe('1.10');
});

test('neither a pre-release, a yanked version nor one for another Python is the newest', () => {
  expect(
    newest('', file('1.0'), file('2.0rc1'), file('3.0', { yanked: 'bad' }), file('4.0', { requiresPython: '>=3.12' })),
  ).toBe('1.0');
});

test('a pre-release is better than nothing', () => {
  expect(newest('', file('2.0a1'), file('2.0b1'))).toBe('2.0b1');
});

test('where nothing suits there is none', () => {
  expect(newest('>5', file('1.0'))).toBeUndefined();
});
