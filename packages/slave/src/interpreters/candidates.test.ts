import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
  const names = candidates([dir], []).map(({ path }) => path.slice(dir.length + 1));
  expect(names).toEqual(['python3', 'python3.9', 'python3.10', 'python3.13t', 'pypy3', 'pypy3.10']);
});

test('a Python that was named comes before all others, and only once', async () => {
  const dir = await folder('python3', 'python3.12');
  const wanted = join(dir, 'python3.12');
  expect(candidates([dir], [wanted])).toEqual([
    { path: wanted, wanted: true },
    { path: join(dir, 'python3'), wanted: false },
  ]);
});

test('folders, files that may not be run, and places that do not exist hold no Python', async () => {
  const dir = await folder();
  await mkdir(join(dir, 'python3'));
  await writeFile(join(dir, 'python3.12'), '', { mode: 0o644 });
  expect(candidates([dir, '/no/such/folder'], [])).toEqual([]);
});

test('of several names of one executable the first is asked', async () => {
  const [dir, links] = [await folder('python3.12'), await folder()];
  for (const name of ['python3', 'python3.1']) await symlink(join(dir, 'python3.12'), join(links, name));
  await symlink(dir, join(links, 'bin'));
  expect(candidates([links, `${links}/bin`, dir], [])).toEqual([{ path: join(links, 'python3'), wanted: false }]);
  expect(candidates([dir, links], [join(links, 'python3')])).toEqual([{ path: join(links, 'python3'), wanted: true }]);
});

test('a virtual environment does not stand for the Python that it links to, since it may be broken', async () => {
  const [dir, environment] = [await folder('python3'), await folder('pyvenv.cfg')];
  await mkdir(join(environment, 'bin'));
  await symlink(join(dir, 'python3'), join(environment, 'bin/python3'));
  expect(candidates([`${environment}/bin`, dir], [])).toHaveLength(2);
});

test("shims that all lead to the version manager's one program are different Pythons", async () => {
  const [dir, shims] = [await folder('manager'), await folder()];
  for (const name of ['python3.11', 'python3.12']) await symlink(join(dir, 'manager'), join(shims, name));
  expect(candidates([shims], [])).toHaveLength(2);
});
