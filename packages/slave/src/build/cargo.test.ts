import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeCargoConfig } from './cargo-config.ts';
import { findManifests } from './cargo-manifests.ts';

let dir = '';
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'piw-cargo-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

async function manifestsIn(...files: string[]): Promise<string[]> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), '');
  }
  return (await findManifests(dir)).map((file) => path.relative(dir, file));
}

test('the manifest at the top stands for its workspace', async () => {
  expect(await manifestsIn('Cargo.toml', 'crates/a/Cargo.toml')).toEqual(['Cargo.toml']);
});

test('manifests below are found, those of tests are not', async () => {
  expect(await manifestsIn('src/rust/Cargo.toml', 'tests/rust/Cargo.toml')).toEqual(['src/rust/Cargo.toml']);
});

test('a mirror for crates is kept, what runs programs or is secret is not', async () => {
  vi.stubEnv('CARGO_HOME', dir);
  await writeFile(
    path.join(dir, 'config.toml'),
    '[source.crates-io]\nreplace-with = "mirror"\n[build]\nrustc-wrapper = "evil"\n[registry]\ntoken = "secret"\n',
  );
  await mkdir(path.join(dir, 'home'));
  await writeCargoConfig(path.join(dir, 'home'));
  const written = await readFile(path.join(dir, 'home/config.toml'), 'utf8');
  expect(written).toContain('replace-with = "mirror"');
  expect(written).not.toMatch(/evil|secret/);
});
