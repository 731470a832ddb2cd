import { expect, test } from 'vitest';
import { distInfoIsOf, findDistInfo } from './dist-info.ts';
import { packageName } from './package-name.ts';
import { version } from './version.ts';

const isOf = (distInfo: string, name: string, text: string): boolean =>
  distInfoIsOf(distInfo, packageName.parse(name), version.parse(text));

test.each([
  ['foo_bar-1.0.dist-info', 'foo-bar', '1.0'],
  ['Foo.Bar-1.0.0.dist-info', 'foo-bar', '1.0'],
  ['foo-bar-1.0.dist-info', 'foo-bar', '1.0'],
  ['foo-1.0-1.dist-info', 'foo', '1.0.post1'],
  ['foo-1.0_1.dist-info', 'foo', '1.0.post1'],
  ['foo-1.0+local_1.dist-info', 'foo', '1.0+local.1'],
])('%s is that of %s %s', (distInfo, name, text) => {
  expect(isOf(distInfo, name, text)).toBe(true);
});

test.each([
  ['foo-1.0.dist-info', 'foo', '1.1'],
  ['foobar-1.0.dist-info', 'foo', '1.0'],
  ['foo.dist-info', 'foo', '1.0'],
  ['.dist-info', 'foo', '1.0'],
])('%s is not that of %s %s', (distInfo, name, text) => {
  expect(isOf(distInfo, name, text)).toBe(false);
});

test('only a directory at the top counts as *.dist-info', () => {
  expect(findDistInfo(['a/b-1.dist-info/METADATA', 'c-1.dist-info/METADATA', 'c-1.dist-info/WHEEL'])).toBe(
    'c-1.dist-info',
  );
});

test('an archive without *.dist-info is refused', () => {
  expect(() => findDistInfo(['a.py'])).toThrow('no *.dist-info');
});
