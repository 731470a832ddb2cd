import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findUv } from './find-uv.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-uv-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function program(name: string, script = ''): Promise<string> {
  const path = join(dir, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const { signal } = new AbortController();

test('uv is the first of its name on a PATH', async () => {
  const uv = await program('bin/uv');
  await program('other/uv');
  expect(await findUv([join(dir, 'none'), dirname(uv), join(dir, 'other')].join(':'), signal)).toBe(uv);
});

test('a shim of pyenv’s is not taken for uv: what it leads to is, or where it leads nowhere the next', async () => {
  const pyenv = await program('libexec/pyenv', `echo ${join(dir, 'version')}`);
  for (const name of ['uv', 'python3']) await program(`shims/${name}`, `exec "${pyenv}" exec "$program" "$@"`);
  const other = await program('other/uv');
  const path = [join(dir, 'shims'), dirname(other)].join(':');
  expect(await findUv(path, signal)).toBe(other);
  const uv = await program('version/bin/uv');
  expect(await findUv(path, signal)).toBe(uv);
});
