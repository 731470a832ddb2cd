import { expect, test } from 'vitest';
import { classify } from './classify.ts';

const exit = { code: 1, signalName: null };
const traceback = 'Traceback (most recent call last):\n  File "/build/setup.py", line 3, in <module>\n';

test.each([
  // missing-header
  [
    "src/c/_backend.c:15:10: fatal error: ffi.h: No such file or directory\n   15 | #include <ffi.h>\ncompilation terminated.\nerror: command '/usr/bin/gcc' failed with exit code 1",
    'missing-header',
    'ffi.h',
  ],
  ["src/imaging.c:26:10: fatal error: 'jpeglib.h' file not found", 'missing-header', 'jpeglib.h'],
  [
    'Python.h:12:10: fatal error: sys/deep/thing.hpp: No such file or directory',
    'missing-header',
    'sys/deep/thing.hpp',
  ],
  // missing-tool
  [
    'running egg_info\n\nError: pg_config executable not found.\n\npg_config is required to build from source.',
    'missing-tool',
    'pg_config',
  ],
  ['/bin/sh: 1: mysql_config: not found', 'missing-tool', 'mysql_config'],
  ['sh: line 1: krb5-config: command not found', 'missing-tool', 'krb5-config'],
  [
    "unable to execute 'x86_64-linux-gnu-gcc': No such file or directory\nerror: command 'x86_64-linux-gnu-gcc' failed with exit status 1",
    'missing-tool',
    'x86_64-linux-gnu-gcc',
  ],
  [`${traceback}FileNotFoundError: [Errno 2] No such file or directory: 'swig'`, 'missing-tool', 'swig'],
  ['Cargo, the Rust package manager, is not installed or is not on PATH.', 'missing-tool', 'cargo'],
  ["error: can't find Rust compiler", 'missing-tool', 'rustc'],
  ["../meson.build:1:0: ERROR: Unknown compiler(s): [['gfortran'], ['flang']]", 'missing-tool', 'gfortran'],
  ['CMake Error: CMake was unable to find a build program corresponding to "Ninja".', 'missing-tool', 'Ninja'],
  // missing-library
  [
    '/usr/bin/ld: cannot find -lxml2: No such file or directory\ncollect2: error: ld returned 1 exit status',
    'missing-library',
    'xml2',
  ],
  ['../meson.build:44:11: ERROR: Dependency "openblas" not found, tried pkgconfig', 'missing-library', 'openblas'],
  [
    "Package libffi was not found in the pkg-config search path.\nNo package 'libffi' found",
    'missing-library',
    'libffi',
  ],
  [
    "Command 'pkg-config --exists mysqlclient' returned non-zero exit status 1.\nCommand 'pkg-config --exists libmariadb' returned non-zero exit status 1.\nException: Can not find valid pkg-config name.",
    'missing-library',
    'libmariadb',
  ],
  [
    "/bin/sh: 1: pkg-config: not found\nCommand 'pkg-config --exists libmariadb' returned non-zero exit status 127.\nException: Can not find valid pkg-config name.",
    'missing-tool',
    'pkg-config',
  ],
  ['-- Could NOT find ZLIB (missing: ZLIB_LIBRARY ZLIB_INCLUDE_DIR)', 'missing-library', 'ZLIB'],
  ['configure: error: libsodium headers are needed', 'missing-library', 'libsodium'],
  // missing-module
  [`${traceback}ModuleNotFoundError: No module named 'numpy'`, 'missing-module', 'numpy'],
  // compiler-error
  [
    '  src/a.c: In function f:\n  src/a.c:7:3: error: too few arguments to function call',
    'compiler-error',
    'src/a.c:7',
  ],
  [
    'Error compiling Cython file:\n-----\nfast.pyx:12:8: undeclared name not builtin: long',
    'compiler-error',
    'fast.pyx:12',
  ],
  ["/usr/bin/ld: a.o: undefined reference to `inflateEnd'", 'compiler-error', null],
  [
    'error[E0308]: mismatched types\n --> src/lib.rs:4:9\nerror: could not compile `thing` (lib) due to 1 previous error',
    'compiler-error',
    null,
  ],
  // surroundings
  ['c++: fatal error: Killed signal terminated program cc1plus\ncompilation terminated.', 'memory-limit', null],
  ['OSError: [Errno 28] No space left on device', 'disk-limit', null],
  ['urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>', 'needs-network', null],
  ['fatal: unable to access: Could not resolve host: code.example', 'needs-network', 'code.example'],
  [
    'RuntimeError: Cannot install on Python version 3.11.2; only versions >=3.6,<3.10 are supported.',
    'python-excluded',
    '3.11.2',
  ],
  // bad-sdist
  [
    `${traceback}FileNotFoundError: [Errno 2] No such file or directory: '/build/requirements.txt'`,
    'bad-sdist',
    'requirements.txt',
  ],
  ['LookupError: setuptools-scm was unable to detect version for /build.', 'bad-sdist', 'setuptools-scm'],
])('%j tells of a %s: %s', (log, kind, subject) => {
  expect(classify(log, exit)).toMatchObject({ kind, subject });
});

test('headers that a configure script merely tries are no reason', () => {
  const log =
    '_configtest.c:1:10: fatal error: maybe.h: No such file or directory\nsrc/b.c:1:10: fatal error: must.h: No such file or directory';
  expect(classify(log, exit).subject).toBe('must.h');
});

test('the cause counts, not what fails because of it', () => {
  const log = `a.c:1:10: fatal error: zlib.h: No such file or directory\nerror: command '/usr/bin/gcc' failed with exit code 1\n${traceback}subprocess.CalledProcessError: Command 'make' returned non-zero exit status 2.`;
  expect(classify(log, exit)).toEqual({
    kind: 'missing-header',
    subject: 'zlib.h',
    text: 'The header zlib.h is missing.',
  });
});

test('an exception that nobody knows is told as it is', () => {
  expect(classify(`${traceback}setup.errors.OddError: it went wrong\n`, exit)).toEqual({
    kind: 'backend-error',
    subject: null,
    text: 'The build fails: setup.errors.OddError: it went wrong',
  });
});

test('a build that a signal ended says which', () => {
  expect(classify('compiling…', { code: 139, signalName: 'SIGSEGV' }).text).toBe('The build was ended by SIGSEGV.');
});

test('a build that says nothing has its exit code for a reason', () => {
  expect(classify('\n \n', { code: 3, signalName: null }).text).toContain('exit code 3');
});

test('a hostile log costs little', () => {
  const started = performance.now();
  for (const piece of ['a', '(', 'error: ', '/', "'", ': '])
    expect(classify(piece.repeat(300_000), exit).text.length).toBeLessThan(1000);
  expect(performance.now() - started).toBeLessThan(5000);
});
