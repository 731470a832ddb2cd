import { expect, test } from 'vitest';
import { externalLibraries } from './external-libraries.ts';

const file = (path: string, needed: string[], runpath: string[] = [], soname: string | null = null) => ({
  path,
  needed,
  runpath,
  soname,
});

test('what the wheel brings is not asked of the system', () => {
  const needed = externalLibraries([
    file('pkg/_fast.so', ['libc.so.6', 'libpkg.so', 'libz-1a.so.1'], ['$ORIGIN/lib', '${ORIGIN}/../pkg.libs']),
    file('pkg/lib/libpkg.so', ['libm.so.6', 'libc.so.6']),
    file('pkg.libs/libz-1a.so.1', ['libc.so.6']),
  ]);
  expect(needed).toEqual(['libc.so.6', 'libm.so.6']);
});

test('a library of the wheel is known by its soname', () => {
  expect(
    externalLibraries([file('a/_x.so', ['libreal.so.2']), file('a/libreal.so.2.3', [], [], 'libreal.so.2')]),
  ).toEqual([]);
});

test('names that are paths are no libraries', () => {
  expect(externalLibraries([file('a.so', ['../../etc/passwd', 'libfoo.so'])])).toEqual(['libfoo.so']);
});
