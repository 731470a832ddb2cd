import { expect, test } from 'vitest';
import { chooseSdist, sdistVersions } from './choose-sdist.ts';
import { packageName } from './package-name.ts';
import { listedFile } from './testing/listed-file.ts';
import { version } from './version.ts';

const foo = packageName.parse('foo');
const choose = (wanted: string, ...filenames: string[]) =>
  chooseSdist({ files: filenames.map((filename) => listedFile(filename)) }, foo, version.parse(wanted))?.filename;

test('a tar.gz is better than a zip, and that than any other source distribution', () => {
  expect(choose('1.0', 'foo-1.0.tar.bz2', 'foo-1.0.zip', 'foo-1.0.tar.gz')).toBe('foo-1.0.tar.gz');
  expect(choose('1.0', 'foo-1.0.tar.bz2', 'foo-1.0.zip')).toBe('foo-1.0.zip');
});

test('a source distribution is known by its version, however that is written', () => {
  expect(choose('1.0', 'foo-1.1.tar.gz', 'Foo-1.0.0.zip', 'foo-1.0-py3-none-any.whl')).toBe('Foo-1.0.0.zip');
  expect(choose('1.0rc1', 'foo-1.0-RC1.zip')).toBe('foo-1.0-RC1.zip');
});

test('a version with wheels alone has no source distribution', () => {
  expect(choose('1.0', 'foo-1.0-py3-none-any.whl', 'foo-bar-1.0.tar.gz')).toBeUndefined();
});

test('a yanked source distribution is chosen only where there is no other', () => {
  const files = [listedFile('foo-1.0.tar.gz', { yanked: 'broken' }), listedFile('foo-1.0.zip')];
  expect(chooseSdist({ files }, foo, version.parse('1.0'))?.filename).toBe('foo-1.0.zip');
  expect(chooseSdist({ files: files.slice(0, 1) }, foo, version.parse('1.0'))?.filename).toBe('foo-1.0.tar.gz');
});

test('versions with sources come newest first, each once, yanked where all their sources are', () => {
  const files = [
    listedFile('foo-1.9.tar.gz', { requiresPython: '>=3.8', uploadedAt: '2024-01-31T12:00:00Z' }),
    listedFile('foo-1.10rc1.zip', { yanked: 'broken' }),
    listedFile('foo-1.10.tar.gz', { yanked: true }),
    listedFile('foo-1.10.zip'),
    listedFile('foo-2.0-py3-none-any.whl'),
  ];
  expect(sdistVersions({ files }, foo)).toEqual([
    { version: '1.10', yanked: null, requiresPython: null, uploadedAt: null },
    { version: '1.10rc1', yanked: 'broken', requiresPython: null, uploadedAt: null },
    { version: '1.9', yanked: null, requiresPython: '>=3.8', uploadedAt: '2024-01-31T12:00:00Z' },
  ]);
});
