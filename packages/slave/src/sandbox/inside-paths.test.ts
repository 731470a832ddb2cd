import { expect, test } from 'vitest';
import { outsidePaths } from './inside-paths.ts';

const outside = outsidePaths([
  { from: '/srv/slave/7/tree', to: '/build', writable: true },
  { from: '/srv/slave/7/tmp', to: '/tmp', writable: true },
  { from: '/tmp/venvs/a', to: '/tmp/venvs/a', writable: false },
]);

test('without a sandbox a path of the build tree becomes its path on the machine', () => {
  expect(outside('/build')).toBe('/srv/slave/7/tree');
  expect(outside('--prefix=/build/out')).toBe('--prefix=/srv/slave/7/tree/out');
  expect(outside('/build/bin:/usr/bin:/tmp')).toBe('/srv/slave/7/tree/bin:/usr/bin:/srv/slave/7/tmp');
  expect(outside('cd "/build" && ls')).toBe('cd "/srv/slave/7/tree" && ls');
});

test('without a sandbox the deepest bind that names a path wins', () => {
  expect(outside('/tmp/venvs/a/bin/python')).toBe('/tmp/venvs/a/bin/python');
  expect(outside('/tmp/venvs/b')).toBe('/srv/slave/7/tmp/venvs/b');
});

test('without a sandbox a path that merely looks like one inside stays', () => {
  for (const text of ['/build.log', '/builder', '/usr/build', '../build', 'https://x.example/build'])
    expect(outside(text)).toBe(text);
});
