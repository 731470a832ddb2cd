import { expect, test } from 'vitest';
import { publicUrl } from './public-url.ts';

test.each([
  ['https://ada:secret@index.example/simple/', 'https://index.example/simple/'],
  ['https://index.example/a.whl?signature=secret#sha256=00', 'https://index.example/a.whl'],
  ['git+ssh://git@host.example/a.git', 'git+ssh://host.example/a.git'],
  ['http://', 'an unreadable address'],
])('of %s others may read %s', (url, told) => {
  expect(publicUrl(url)).toBe(told);
});
