import { expect, test } from 'vitest';
import { type ImportEvidence, readImportReport } from './import-report.ts';

const lines = (...all: object[]): string => all.map((each) => JSON.stringify(each)).join('\n');
const evidence = (told: string, more: Partial<ImportEvidence> = {}): ImportEvidence => ({
  told,
  dump: '',
  crashed: false,
  own: ['pkg/_fast.so'],
  ownModules: ['pkg'],
  ...more,
});
const site = '/check/lib/python3.11/site-packages';
const failed = (error: string, text: string) =>
  evidence(lines({ importing: 'pkg' }, { failed: 'pkg', error, text }, { done: true }));

test('modules that were all imported are fine', () => {
  expect(readImportReport(evidence(lines({ importing: 'pkg' }, { done: true })))).toEqual({ end: 'imported' });
});

test.each([
  ['an undefined symbol', `${site}/pkg/_fast.so: undefined symbol: inflateEnd`],
  ['a missing library', 'libfoo.so.3: cannot open shared object file: No such file or directory'],
  ['a symbol that musl misses', `Error relocating ${site}/pkg/_fast.so: gone: symbol not found`],
  [
    'a library that musl misses',
    `Error loading shared library libfoo.so.3: No such file or directory (needed by ${site}/pkg/_fast.so)`,
  ],
])('%s in the wheel makes it broken', (_, text) => {
  expect(readImportReport(failed('ImportError', text))).toMatchObject({ end: 'broken', subject: 'pkg' });
});

test('an undefined symbol in what the wheel depends on is not its fault', () => {
  const text = `${site}/other/_core.so: undefined symbol: gone`;
  expect(readImportReport(failed('ImportError', text)).end).toBe('not-checked');
});

test('a library that a dependency misses is not its fault', () => {
  const failure = {
    failed: 'pkg',
    error: 'ImportError',
    text: 'libGL.so.1: cannot open shared object file',
    file: `${site}/other/__init__.py`,
  };
  expect(readImportReport(evidence(lines(failure, { done: true }))).end).toBe('not-checked');
});

test.each([
  ['ModuleNotFoundError', "No module named 'numpy'"],
  ['ImportError', 'cannot import name x'],
  ['KeyError', "'DISPLAY'"],
])('a %s leaves the wheel unchecked, with what it says', (error, text) => {
  expect(readImportReport(failed(error, text))).toEqual({
    end: 'not-checked',
    why: `pkg could not be imported: ${error}: ${text}`,
  });
});

test('a crash in the wheel makes it broken', () => {
  const dump = `Fatal Python error: Segmentation fault\n  File "<frozen importlib._bootstrap>", line 241 in _call\n  File "${site}/pkg/__init__.py", line 1 in <module>`;
  expect(readImportReport(evidence(lines({ importing: 'pkg' }), { crashed: true, dump }))).toMatchObject({
    end: 'broken',
  });
});

test('a crash in what the wheel depends on is not its fault', () => {
  const dump = `Fatal Python error: Aborted\n  File "${site}/other/core.py", line 3 in f\n  File "${site}/pkg/__init__.py", line 1 in <module>`;
  expect(readImportReport(evidence(lines({ importing: 'pkg' }), { crashed: true, dump })).end).toBe('not-checked');
});

test('a module that ends Python is not checked, and half a line is no matter', () => {
  expect(readImportReport(evidence('{"importing": "pkg"}\n{"fai')).end).toBe('not-checked');
});
