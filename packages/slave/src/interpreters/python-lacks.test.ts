import { expect, test } from 'vitest';
import type { FullFacts } from './python-facts.ts';
import { failedTrial, lackOf, noPython, withoutPip } from './python-lacks.ts';

const debian: FullFacts = {
  tooOld: false,
  python: '3.11.2',
  implementation: 'cpython',
  executable: '/usr/bin/python3.11',
  inEnvironment: false,
  tags: ['cp311-cp311-linux_x86_64'],
  headers: true,
  venv: true,
  prefixes: ['/usr'],
  parts: [],
};

test('nothing speaks against a Python that has everything', () => {
  expect(lackOf(debian, 'apt')).toBeUndefined();
});

test("a distribution's Python without headers is completed by its package manager", () => {
  expect(lackOf({ ...debian, headers: false }, 'apt')?.remedy).toBe('Run "apt install python3.11-dev".');
  expect(lackOf({ ...debian, headers: false }, 'dnf')?.remedy).toBe('Run "dnf install python3-devel".');
  expect(lackOf({ ...debian, headers: false, implementation: 'pypy' }, 'apt')?.remedy).toBe(
    'Run "apt install pypy3-dev".',
  );
});

test('a Python without pip is completed by what brings it', () => {
  expect(withoutPip(debian, 'apt').remedy).toBe('Run "apt install python3.11-venv".');
  expect(lackOf({ ...debian, venv: false }, 'apk')?.remedy).toBe('Run "apk add python3 py3-pip".');
});

test('a Python that somebody installed by hand is not for the package manager to complete', () => {
  const lack = lackOf({ ...debian, headers: false, executable: '/opt/python/bin/python3.11' }, 'apt');
  expect(lack?.remedy).toBe('Install this Python again, with all of its parts.');
});

test('a missing compiler is told from one that fails', () => {
  const missing = failedTrial(debian, { works: false, missingCompiler: 'x86_64-linux-gnu-gcc', said: '' }, 'apt');
  expect(missing).toEqual({
    why: 'finds no compiler: x86_64-linux-gnu-gcc',
    remedy: 'Run "apt install gcc g++ libc6-dev".',
  });
  const failing = failedTrial(debian, { works: false, missingCompiler: null, said: 'ld: cannot find -lc' }, 'apt');
  expect(failing.why).toContain('ld: cannot find -lc');
});

test('what a Python says last ends no sentence of ours', () => {
  const said = 'ImportError: no module named zlib.';
  expect(failedTrial(debian, { works: false, missingCompiler: null, said }, 'apt').why).toMatch(/zlib$/);
  expect(noPython('Versions to be found at the same time.\n').why).toMatch(/at the same time$/);
});
