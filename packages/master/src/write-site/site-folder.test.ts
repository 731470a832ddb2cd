import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { SiteFolder } from './site-folder.ts';

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

test('pages are put where they belong, whatever characters they are made of and however long they are', async () => {
  const root = newFolder();
  const long = '‘wheels’ ✓ 🎡\n'.repeat(100_000);
  await new SiteFolder(root).putAll([
    ['a/b/index.html', long],
    ['index.json', '{}'],
  ]);
  expect(read(root, 'a/b/index.html')).toBe(long);
  expect(read(root, 'index.json')).toBe('{}');
  expect(readdirSync(root, { recursive: true }).toSorted()).toEqual(['a', 'a/b', 'a/b/index.html', 'index.json']);
});

test('a reader that holds an old page open never sees it change', async () => {
  const root = newFolder();
  const folder = new SiteFolder(root);
  await folder.put('index.html', 'old');
  const before = statSync(join(root, 'index.html')).ino;
  await folder.put('index.html', 'old');
  expect(statSync(join(root, 'index.html')).ino).toBe(before);
  await folder.put('index.html', 'new');
  expect(statSync(join(root, 'index.html')).ino).not.toBe(before);
  expect(read(root, 'index.html')).toBe('new');
});

test('a page that cannot be written fails, once the others are there, and leaves nothing beside it', async () => {
  const root = newFolder();
  mkdirSync(join(root, 'blocked/index.html'), { recursive: true });
  rmSync(join(root, 'blocked/index.html'), { recursive: true });
  mkdirSync(join(root, 'blocked/.index.html.new'));
  writeFileSync(join(root, 'taken'), '');
  const folder = new SiteFolder(root);
  const paths = ['blocked/index.html', 'taken/index.html', 'fine/index.html'];
  await expect(folder.putAll(paths.map((path) => [path, 'c']))).rejects.toThrow(/EISDIR|ENOTDIR|EEXIST/);
  expect(read(root, 'fine/index.html')).toBe('c');
  expect(folder.has('blocked/index.html')).toBe(false);
});

test('pages and folders of them are taken away, whether they are there or not', async () => {
  const root = newFolder();
  const folder = new SiteFolder(root);
  await folder.putAll(['a/b/index.html', 'c.html', 'd.html'].map((path) => [path, 'a']));
  await folder.remove('a', 'c.html', 'never/was');
  expect(readdirSync(root)).toEqual(['d.html']);
});
