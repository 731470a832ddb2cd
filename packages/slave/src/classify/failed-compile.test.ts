import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { failedCompile } from './failed-compile.ts';

const lines = (...all: string[]): AsyncIterable<string> => Readable.from(all);

const quiet = ['running build_py', 'copying src/demo/__init__.py -> build/lib/demo', 'warning: no files match "*.h"'];

test('a build that only copied files shows no failed compile', async () => {
  expect(await failedCompile(lines(...quiet))).toBeUndefined();
});

test.each([
  ['src/fast.c:1:10: fatal error: ffi.h: No such file or directory', 'missing-header'],
  ['building extension "fast" failed: command \'gcc\' failed: No such file or directory', 'compiler-error'],
  ["unable to execute 'gcc': No such file or directory", 'missing-tool'],
  ['/usr/bin/ld: cannot find -lyaml: No such file or directory', 'missing-library'],
  ["ModuleNotFoundError: No module named 'Cython'", 'missing-module'],
  ['c++: fatal error: Killed signal terminated program cc1plus', 'memory-limit'],
])('a line such as %j shows one', async (line, kind) => {
  expect(await failedCompile(lines(...quiet, line, ...quiet))).toMatchObject({ kind });
});

test('the surest of the causes is told, wherever it stands', async () => {
  const [header, error] = ['a.c:1:10: fatal error: ffi.h: No such file or directory', 'a.c:9:1: error: no type'];
  for (const both of [
    [header, error],
    [error, header],
  ])
    expect(await failedCompile(lines(...both))).toMatchObject({ kind: 'missing-header', subject: 'ffi.h' });
});
