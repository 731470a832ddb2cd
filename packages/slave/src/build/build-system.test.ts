import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBuildSystem } from './build-system.ts';

let root = '';
beforeEach(async () => void (root = await mkdtemp(path.join(tmpdir(), 'piw-tree-'))));
afterEach(() => rm(root, { recursive: true }));
const pyproject = (text: string) => writeFile(path.join(root, 'pyproject.toml'), text);

test('a tree says how it is built', async () => {
  await pyproject(
    '[build-system]\nrequires = ["flit_core>=3"]\nbuild-backend = "flit_core.buildapi"\nbackend-path = ["tools"]\n',
  );
  expect(await readBuildSystem(root)).toEqual({
    requires: ['flit_core>=3'],
    backend: 'flit_core.buildapi',
    backendPath: ['tools'],
  });
});

test('a tree with setup.py alone is built as setuptools always did', async () => {
  await writeFile(path.join(root, 'setup.py'), '');
  expect((await readBuildSystem(root)).backend).toBe('setuptools.build_meta:__legacy__');
});

test('a pyproject.toml that says nothing of building is as none', async () => {
  await pyproject('[tool.black]\nline-length = 100\n');
  expect((await readBuildSystem(root)).requires).toEqual(['setuptools>=40.8.0']);
});

test.each([
  ['no project at all', '', /neither pyproject\.toml nor setup\.py/],
  ['broken TOML', '[build-system', /cannot be read/],
  ['requires that is no list', '[build-system]\nrequires = "x"', /makes no sense/],
  ['no requires', '[build-system]\nbuild-backend = "x"', /makes no sense/],
  ['a backend that is code', '[build-system]\nrequires = []\nbuild-backend = "os; import x"', /makes no sense/],
  ['a backend outside of the tree', '[build-system]\nrequires = []\nbackend-path = ["../.."]', /leads out of it/],
  [
    "an option of pip's for a requirement",
    '[build-system]\nrequires = ["--index-url=http://evil.example"]',
    /no requirement/,
  ],
  ['a requirement from a URL', '[build-system]\nrequires = ["x @ file:///evil"]', /from a URL/],
])('a tree with %s is refused', async (_, text, complaint) => {
  if (text !== '') await pyproject(text);
  await expect(readBuildSystem(root)).rejects.toThrow(complaint);
});
