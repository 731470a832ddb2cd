import { chmod, mkdir, mkdtemp, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { readBounded } from './read-bounded.ts';
import { removeTree } from './remove-tree.ts';

test('a tree goes, whatever a build has locked in it, and no link is followed out of it', async () => {
  const outer = await mkdtemp(path.join(tmpdir(), 'piw-outer-'));
  const tree = path.join(outer, 'tree');
  await mkdir(path.join(tree, 'locked/deep'), { recursive: true });
  await writeFile(path.join(tree, 'locked/deep/file'), '');
  await writeFile(path.join(outer, 'kept'), '');
  await symlink('..', path.join(tree, 'out'));
  await chmod(path.join(tree, 'locked'), 0);
  await removeTree(tree);
  await expect(stat(tree)).rejects.toThrow('ENOENT');
  expect((await stat(path.join(outer, 'kept'))).isFile()).toBe(true);
  await removeTree(outer);
});

test('a tree goes that is deeper than any path can name, a folder locked at its end and a name that is no text', async () => {
  const outer = await mkdtemp(path.join(tmpdir(), 'piw-outer-'));
  await execa('python3', ['-c', nest], { cwd: outer });
  await removeTree(outer);
  await expect(stat(outer)).rejects.toThrow('ENOENT');
});

const nest = `import os
for _ in range(60):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
os.makedirs(b"\\xff/locked/deep")
os.chmod(b"\\xff/locked", 0)
`;

test('what a package leaves to be read is read to a measure, and links are not followed', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'piw-read-'));
  await writeFile(path.join(dir, 'file'), 'abcdef');
  await symlink('file', path.join(dir, 'link'));
  expect(await readBounded(path.join(dir, 'file'), 3)).toBe('abc');
  expect(await readBounded(path.join(dir, 'link'), 3)).toBeUndefined();
  expect(await readBounded(dir, 3)).toBeUndefined();
  await removeTree(dir);
});
