import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { publicWords } from './public-words.ts';

const words = publicWords({ dir: '/srv/piw-slave-rock/attempts/7/work', cacheDir: '/srv/piw-slave-rock/cache' });

test.each([
  ['Downloading https://files.example/a.whl?key=secret (8 kB)', 'Downloading https://files.example/a.whl (8 kB)'],
  ['(from https://ada:secret@index.example/simple/).', '(from https://index.example/simple/).'],
  ['See https://index.example/simple.', 'See https://index.example/simple.'],
  ['Processing /srv/piw-slave-rock/attempts/7/work/wheel/a.whl', 'Processing /wheel/a.whl'],
  ['links: /opt/wheels, /srv/piw-slave-rock/cache/requirements/cp311', 'links: /opt/wheels, cache/requirements/cp311'],
  ['file:///srv/piw-slave-rock/cache/requirements/a%20b.whl', 'cache/requirements/a b.whl'],
  ["no such file: '/srv/piw-slave-rock/cache/cargo/registry'", "no such file: '/run/cargo/registry'"],
  [`Using the file ${homedir()}/.netrc`, 'Using the file ~/.netrc'],
  ['/data/srv/piw-slave-rock/cache/x', '/data/srv/piw-slave-rock/cache/x'],
])('of "%s" everybody may read "%s"', (text, told) => {
  expect(words(text)).toBe(told);
});
