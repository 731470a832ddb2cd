import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { removeTree } from '../build/remove-tree.ts';
import { treeBytes } from './watch-disk.ts';

const plenty = 1 << 30;

async function emptyTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'piw-disk-'));
  onTestFinished(() => removeTree(tree));
  return tree;
}

test('what lies in a folder whose name is no text counts too', async () => {
  const tree = await emptyTree();
  await execa('python3', ['-c', 'import os; os.mkdir(b"\\xff"); open(b"\\xff/big", "wb").write(b"x" * 3000000)'], {
    cwd: tree,
  });
  expect(await treeBytes([tree], plenty)).toBeGreaterThanOrEqual(3_000_000);
});

test('a tree deeper than any path can name is larger than every limit', async () => {
  const tree = await emptyTree();
  await writeFile(join(tree, 'small'), 'small');
  expect(await treeBytes([tree], plenty)).toBeLessThan(1_000_000);
  await execa('python3', ['-c', 'import os\nfor _ in range(30): os.mkdir("d" * 200); os.chdir("d" * 200)'], {
    cwd: tree,
  });
  expect(await treeBytes([tree], plenty)).toBe(Infinity);
});
