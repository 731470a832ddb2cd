import { expect, test } from 'vitest';
import { sitePath } from './site-path.ts';

test.each([
  '/../etc/passwd',
  '/%2e%2e/etc/passwd',
  '/simple/..%2f..%2fetc%2fpasswd',
  '/packages/..\\x',
  '/a%00b',
  '/.git/config',
  '/simple/.htaccess',
  '/incoming/x.whl',
  '/%69ncoming/x.whl',
  '/incoming',
  '//etc/passwd',
  '/%zz',
])('%s stands for nothing', (path) => expect(sitePath(path)).toEqual({ kind: 'nothing' }));

test.each([
  ['/simple/Foo_Bar/', '../foo-bar/'],
  ['/simple/Foo.Bar', './foo-bar/'],
  ['/own/simple/FOO/', '../foo/'],
])('%s leads to %s', (path, to) => expect(sitePath(path)).toEqual({ kind: 'redirect', to }));

test.each([
  ['/', [], true],
  ['/simple/foo-bar/', ['simple', 'foo-bar'], true],
  ['/simple/index.json', ['simple', 'index.json'], false],
  [
    '/packages/ab/cd/Foo_Bar-1.0%2Blocal-py3-none-any.whl',
    ['packages', 'ab', 'cd', 'Foo_Bar-1.0+local-py3-none-any.whl'],
    false,
  ],
])('%s is the file or folder of that name', (path, segments, folder) =>
  expect(sitePath(path)).toEqual({ kind: 'file', segments, folder }),
);
