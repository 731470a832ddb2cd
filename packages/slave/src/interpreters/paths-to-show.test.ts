import { expect, test } from 'vitest';
import { pathsToShow } from './paths-to-show.ts';

const home = '/home/ada';

test("the distribution's own Python needs nothing shown that a sandbox doesn't show anyway", () => {
  expect(pathsToShow({ prefixes: ['/usr'], parts: ['/usr/bin/python3.11', '/usr/lib/python3.11'] }, home)).toEqual([]);
});

test('a Python in a home directory is shown by its prefix alone', () => {
  const prefix = `${home}/.pyenv/versions/3.12.1`;
  const parts = [`${prefix}/bin/python3.12`, `${prefix}/lib/python3.12`, `${prefix}/lib/libpython3.12.so.1.0`];
  expect(pathsToShow({ prefixes: [prefix], parts }, home)).toEqual([prefix]);
});

test('a library outside the prefix is shown too', () => {
  const facts = { prefixes: ['/opt/python'], parts: ['/opt/python/bin/python3', '/srv/lib/libpython3.12.so'] };
  expect(pathsToShow(facts, home)).toEqual(['/opt/python', '/srv/lib/libpython3.12.so']);
});

test('a Python whose prefix is the home itself shows its parts, not the home', () => {
  const parts = [`${home}/bin/python3.12`, `${home}/include/python3.12`, `${home}/lib/python3.12`];
  expect(pathsToShow({ prefixes: [home], parts }, home)).toEqual(parts);
  expect(pathsToShow({ prefixes: ['/'], parts: [] }, home)).toEqual([]);
});
