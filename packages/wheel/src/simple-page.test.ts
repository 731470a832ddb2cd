import { expect, test } from 'vitest';
import { active, type ProjectFile } from './project-file.ts';
import { projectHtml, rootHtml } from './simple-page.ts';
import { listedFile } from './testing/listed-file.ts';

const anchors = (...files: ProjectFile[]) =>
  projectHtml({ name: 'foo', files, versions: [], ...active })
    .split('\n')
    .filter((line) => line.includes('<a '))
    .map((line) => line.trim());

test('the page of a package is this, to the byte', () => {
  const wheel = listedFile('foo-1.0-py3-none-any.whl', {
    url: '../../packages/ab/cd/foo-1.0-py3-none-any.whl',
    sha256: 'ab'.repeat(32),
    requiresPython: '>=3.8,<4',
    metadataSha256: 'cd'.repeat(32),
  });
  expect(projectHtml({ name: 'foo', files: [wheel], versions: ['1.0'], ...active })).toBe(`<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="pypi:repository-version" content="1.4">
    <title>Links for foo</title>
  </head>
  <body>
    <h1>Links for foo</h1>
    <a href="../../packages/ab/cd/foo-1.0-py3-none-any.whl#sha256=${'ab'.repeat(32)}" data-requires-python="&gt;=3.8,&lt;4" data-core-metadata="sha256=${'cd'.repeat(32)}" data-dist-info-metadata="sha256=${'cd'.repeat(32)}">foo-1.0-py3-none-any.whl</a><br>
  </body>
</html>
`);
});

test('a file of which little is known has a plain link', () => {
  expect(anchors(listedFile('foo-1.0.zip'))).toEqual([
    '<a href="https://files.example/foo-1.0.zip">foo-1.0.zip</a><br>',
  ]);
});

test.each([
  [true, ' data-yanked=""'],
  ['', ' data-yanked=""'],
  ['breaks "everything" <badly>', ' data-yanked="breaks &quot;everything&quot; &lt;badly&gt;"'],
  [false, ''],
  [null, ''],
])('a file with yanked %j has the attribute %j', (yanked, attribute) => {
  const link = `<a href="https://files.example/foo-1.0.zip"${attribute}>foo-1.0.zip</a><br>`;
  expect(anchors(listedFile('foo-1.0.zip', { yanked }))).toEqual([link]);
});

test('nothing that a file is called or where it lies breaks out of its link', () => {
  const [link] = anchors(listedFile('a"><script>&.whl', { url: 'https://files.example/?a=1&b="><script>' }));
  expect(link).toBe(
    '<a href="https://files.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;">a&quot;&gt;&lt;script&gt;&amp;.whl</a><br>',
  );
});

test('files are listed once each, in the order of their names, in whatever order they come', () => {
  const [one, two] = [listedFile('foo-1.0.zip'), listedFile('foo-2.0.zip')];
  expect(anchors(two, one, two)).toEqual(anchors(one, two));
  expect(anchors(two, one)[0]).toContain('foo-1.0.zip');
});

test('the list of packages links to each page, once and in order', () => {
  const lines = rootHtml(['six', 'attrs', 'six']).split('\n');
  expect(lines.filter((line) => line.includes('<a ')).map((line) => line.trim())).toEqual([
    '<a href="attrs/">attrs</a><br>',
    '<a href="six/">six</a><br>',
  ]);
});
