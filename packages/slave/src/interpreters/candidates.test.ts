import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { candidates } from './candidates.ts';

async function folder(...programs: string[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-candidates-test-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const name of programs) await writeFile(join(dir, name), '', { mode: 0o755 });
  return dir;
}

test("in a folder the owner's own choice comes first, older Pythons before newer, and PyPy last", async () => {
  const dir = await folder('pypy3', 'pypy3.10', 'python3', 'python3.10', 'python3.13t', 'python3.9');
  const names = candidates(dir, []).map(({ path }) => path.slice(dir.length + 1));
  expect(names).toEqual(['python3', 'python3.9', 'python3.10', 'python3.13t', 'pypy3', 'pypy3.10']);
});

test('a Python that was named comes before all others, and only once', async () => {
  const dir = await folder('python3', 'python3.12');
  const wanted = join(dir, 'python3.12');
  expect(candidates(dir, [wanted])).toEqual([
    { path: wanted, wanted: true },
    { path: join(dir, 'python3'), wanted: false },
  ]);
});

test('folders, files that may not be run, and places that do not exist hold no Python', async () => {
  const dir = await folder();
  await mkdir(join(dir, 'python3'));
  await writeFile(join(dir, 'python3.12'), '', { mode: 0o644 });
  expect(candidates(`${dir}:/no/such/folder::relative`, [])).toEqual([]);
});
