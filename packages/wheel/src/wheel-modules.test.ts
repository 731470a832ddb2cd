import { expect, test } from 'vitest';
import { wheelModules } from './wheel-modules.ts';

const modulesOf = (files: string[], topLevel: string | null = null, importNames: string[] | null = null) =>
  wheelModules(files, { importNames }, topLevel);

test('packages, modules and extension modules at the root are what a wheel brings', () => {
  const files = [
    'a/__init__.py',
    'a/b.py',
    'c.py',
    'd.cpython-311-x86_64-linux-gnu.so',
    'e.abi3.so',
    'f.so',
    'a-1.dist-info/METADATA',
  ];
  expect(modulesOf(files)).toEqual(['a', 'c', 'd', 'e', 'f']);
});

test('of a namespace package the packages in it are named', () => {
  expect(modulesOf(['ns/one/__init__.py', 'ns/one/sub/__init__.py', 'ns/two.py'])).toEqual(['ns.one', 'ns.two']);
});

test('purelib and platlib are on the path, scripts and data are not', () => {
  const files = [
    'x-1.data/purelib/a.py',
    'x-1.data/platlib/b.abi3.so',
    'x-1.data/scripts/run.py',
    'x-1.data/data/etc/c.py',
  ];
  expect(modulesOf(files)).toEqual(['a', 'b']);
});

test('what no import could name is no module', () => {
  expect(
    modulesOf(['my-lib/__init__.py', '2to3.py', 'lib.libs/libz-1234.so.1', 'a.txt', '__main__.py', 'ns/__main__.py']),
  ).toEqual([]);
});

test('top_level.txt chooses among what is there', () => {
  expect(modulesOf(['a/__init__.py', 'tests/__init__.py'], 'a\r\ngone\n')).toEqual(['a']);
});

test('a top_level.txt that names nothing that is there is not believed', () => {
  expect(modulesOf(['a/__init__.py'], 'gone\n')).toEqual(['a']);
});

test('Import-Name has the last word, but for what is no module name', () => {
  expect(modulesOf(['a.py', 'b.py'], 'a\n', ['b', 'b.c', 'x; evil', ''])).toEqual(['b', 'b.c']);
});

test('of a wheel with thousands of modules two hundred are named', () => {
  expect(modulesOf(Array.from({ length: 5000 }, (_, nth) => `m${nth}.py`))).toHaveLength(200);
});
