import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workingSandboxes } from '../sandbox/trial-run.ts';
import { findToolchains } from '../toolchains/find-toolchains.ts';
import { findInterpreters, type InterpreterSearch } from './find-interpreters.ts';

vi.setConfig({ testTimeout: 60_000 }); // real processes, on machines that have others too

const [sandbox] = await workingSandboxes();
const toolchains = await findToolchains('/usr/bin:/bin', '/nowhere');
const python3 = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'piw-interpreters-test-')));
});
afterEach(() => rm(dir, { recursive: true }));

const find = (search: Partial<InterpreterSearch>) =>
  findInterpreters({
    path: dir,
    wanted: [],
    home: '/nowhere',
    sandbox: sandbox!,
    toolchains,
    signal: new AbortController().signal,
    ...search,
  });

async function program(name: string, script: string): Promise<string> {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, name), 0o755);
  return join(dir, name);
}

test('a Python with all that builds need is usable, once, under its real name, however many names lead to it', async () => {
  await symlink(python3, join(dir, 'python3'));
  await symlink(python3, join(dir, 'python3.99'));
  const { usable, unusable } = await find({ wanted: [python3] });
  expect(unusable).toEqual([]);
  expect(usable).toHaveLength(1);
  expect(usable[0]?.executable).toBe(await realpath(usable[0]!.executable));
  expect(usable[0]?.tags[0]).toContain(`-${usable[0]!.target.abi}-`);
  expect(usable[0]?.python).toMatch(/^3\.\d+\.\d+/);
});

test('a virtual environment on PATH stands for the Python that it was made from', async () => {
  execFileSync(python3, ['-m', 'venv', '--without-pip', join(dir, 'venv')]);
  const { usable } = await find({ path: join(dir, 'venv/bin') });
  expect(usable).toHaveLength(1);
  expect(usable[0]?.executable.startsWith(dir)).toBe(false);
});

test('without a compiler nothing is usable, and the remedy is to install one', async () => {
  const { usable, unusable } = await find({ wanted: [python3], toolchains: { ...toolchains, path: ['/nowhere'] } });
  expect(usable).toEqual([]);
  expect(unusable[0]?.why).toMatch(/^finds no compiler: /);
  expect(unusable[0]?.remedy).toMatch(/gcc|compiler/);
});

test("a version manager's shim that leads nowhere is silently no Python", async () => {
  await program('shims/python3.9', 'echo "pyenv: python3.9: command not found" >&2; exit 127');
  expect(await find({ path: join(dir, 'shims') })).toEqual({ usable: [], unusable: [] });
});

const shim = (manager: string) => `program="\${0##*/}"\nexec "${manager}" exec "$program" "$@"`;

test('pyenv is asked once which versions are chosen, and none of its shims is run', async () => {
  await mkdir(join(dir, 'versions/9/bin'), { recursive: true });
  await symlink(python3, join(dir, 'versions/9/bin/python3'));
  const pyenv = await program(
    'libexec/pyenv',
    `echo "$PYENV_ROOT $*" >> ${dir}/ran; echo "${dir}/none:${dir}/versions/9"`,
  );
  for (const name of ['python3', 'python3.9', 'python3.99']) await program(`shims/${name}`, shim(pyenv));
  const { usable, unusable } = await find({ path: join(dir, 'shims') });
  expect([usable.length, unusable]).toEqual([1, []]);
  expect(await readFile(join(dir, 'ran'), 'utf8')).toBe(`${dir} prefix\n`);
});

test('where pyenv does not tell which versions are chosen, its shims are tried', async () => {
  const pyenv = await program('libexec/pyenv', `test "$1" = exec || exit 1; shift 2; exec ${python3} "$@"`);
  await program('shims/python3', shim(pyenv));
  expect((await find({ path: join(dir, 'shims') })).usable).toHaveLength(1);
});

test('a Python that does not run is told of, with the last words that it said', async () => {
  const path = await program(
    'python3.9',
    'echo "one"; echo "libpython3.9.so: cannot open shared object" >&2; exit 127',
  );
  const { unusable } = await find({});
  expect(unusable).toMatchObject([
    { path, target: null, why: expect.stringContaining('libpython3.9.so: cannot open') as string },
  ]);
});

test('a program that was named and does not exist is told of', async () => {
  const { unusable } = await find({ wanted: [join(dir, 'python4')] });
  expect(unusable[0]?.why).toBe('does not run as a Python: there is no such program');
});

test('a Python that is too old says how old it is', async () => {
  const path = await program('python3.5', `echo '{"python": "3.5.9", "tooOld": true}'`);
  const { unusable } = await find({});
  expect(unusable).toMatchObject([{ path, why: 'is Python 3.5.9, and builds need 3.6 or later' }]);
});

test('what only resembles a Python by its name is not even started', async () => {
  for (const name of ['python3-config', 'python3.11-gdb.py', 'python', 'ipython3', 'pypy'])
    await program(name, `touch "${dir}/ran"`);
  await mkdir(join(dir, 'python3.12'));
  expect(await find({})).toEqual({ usable: [], unusable: [] });
  await expect(realpath(join(dir, 'ran'))).rejects.toThrow('ENOENT');
});
