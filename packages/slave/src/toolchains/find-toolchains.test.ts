import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findToolchains } from './find-toolchains.ts';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'piw-toolchains-test-')));
});
afterEach(() => rm(dir, { recursive: true }));

async function program(path: string, script: string): Promise<string> {
  await mkdir(join(dir, dirname(path)), { recursive: true });
  await writeFile(join(dir, path), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, path), 0o755);
  return join(dir, path);
}

test('the compiler of the system is found, with its version, and needs nothing shown', async () => {
  const { tools, path, paths } = await findToolchains('/usr/bin:/bin', dir);
  const cc = tools.find(({ name }) => name === 'cc');
  expect(cc?.path).toMatch(/^\/(usr\/)?bin\/cc$/);
  expect(cc?.version).toMatch(/\d+\.\d+/);
  expect(path).toContain('/usr/bin');
  expect(paths.filter((shown) => shown.startsWith('/usr'))).toEqual([]);
});

test('a tool outside the system is shown with the folder that it was installed into', async () => {
  const cmake = await program('cmake-4/bin/cmake', 'echo; echo cmake version 4.0');
  await mkdir(join(dir, 'links'));
  await symlink(cmake, join(dir, 'links/cmake'));
  const { tools, path, paths } = await findToolchains(`${dir}/links`, '/home/ada');
  expect(tools).toContainEqual({ name: 'cmake', path: cmake, version: 'cmake version 4.0' });
  expect(path[0]).toBe(join(dir, 'cmake-4/bin'));
  expect(paths).toContain(join(dir, 'cmake-4'));
});

test('a tool in the home itself is passed over, since builds must not see the home', async () => {
  await program('.local/bin/swig', 'echo 4');
  const { tools, paths } = await findToolchains(`${dir}/.local/bin`, dir);
  expect(tools.find(({ name }) => name === 'swig')?.path ?? '').not.toContain(dir);
  expect(paths.some((shown) => shown.startsWith(dir))).toBe(false);
});

test('for Rust the toolchain behind the proxies is found, and no proxy', async () => {
  const cargo = await program('toolchains/stable/bin/cargo', 'echo cargo 1.90.0');
  const rustc = await program('toolchains/stable/bin/rustc', 'echo rustc 1.90.0');
  await program('cargo/bin/rustup', `test "$RUSTUP_AUTO_INSTALL" = 0 && echo "${cargo}"`);
  await program('cargo/bin/cargo', 'exit 1');
  const { rust, paths } = await findToolchains(`${dir}/cargo/bin`, '/home/ada');
  expect(rust).toEqual({ cargo, rustc });
  expect(paths).toContain(join(dir, 'toolchains/stable'));
});

test('rustup without a toolchain is no Rust', async () => {
  await program('cargo/bin/rustup', 'echo "error: no default toolchain" >&2; exit 1');
  await program('cargo/bin/cargo', 'exit 1');
  const { rust, tools } = await findToolchains(`${dir}/cargo/bin`, '/home/ada');
  expect(rust).toBeNull();
  expect(tools).toContainEqual({ name: 'cargo', path: null, version: null });
});
