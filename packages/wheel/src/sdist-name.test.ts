import { expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import { parseSdistName } from './sdist-name.ts';

test.each([
  ['foo_bar-1.0.tar.gz', 'foo-bar', '1.0'],
  ['Foo.Bar-1.0.zip', 'foo-bar', '1.0'],
  ['foo-bar-1.0.tgz', 'foo-bar', '1.0'],
  ['foo-bar-1.0-beta-2.tar.bz2', 'foo-bar', '1.0b2'],
  ['python-dateutil-2.9.0.post0.tar.gz', 'python-dateutil', '2.9.0.post0'],
  ['foo-2-1.0.TAR.GZ', 'foo-2', '1.0'],
  ['foo-1.0+local.1.tar.xz', 'foo', '1.0+local.1'],
])('%s is the source of %s %s', (filename, name, version) => {
  expect(parseSdistName(filename, packageName.parse(name))).toBe(version);
});

test.each([
  ['foo-bar-1.0.tar.gz', 'foo'],
  ['foo-1.0.tar.gz', 'foo-bar'],
  ['foo-1.0-py3-none-any.whl', 'foo'],
  ['foo-1.0.linux-x86_64.tar.gz', 'foo'],
  ['foo-1.0.win32.exe', 'foo'],
  ['foo-1.0-py2.7.egg', 'foo'],
  ['foo-latest.tar.gz', 'foo'],
  ['foo.tar.gz', 'foo'],
  ['foo--1.0.tar.gz', 'foo'],
  ['\u212a-1.0.tar.gz', 'k'], // the sign of kelvin, whose small letter is "k"
  ['foo-1.0\u2028.tar.gz', 'foo'],
  ['foo-\u00a01.0.tar.gz', 'foo'],
])('%s is no source of %s', (filename, name) => {
  expect(parseSdistName(filename, packageName.parse(name))).toBeUndefined();
});
