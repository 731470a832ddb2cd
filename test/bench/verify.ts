import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { verifyWheel } from '@piw/wheel/soundness';
import { makeWheel } from '@piw/wheel/testing/make-wheel';
import { parseWheelName } from '@piw/wheel/wheel-name';
import { ownCpuSeconds } from './cpu-time.ts';
import type { Ground } from './ground.ts';

const runs = 5;

/** `verify.mb_per_s`: a compiled wheel of real machine code and real text, in uncompressed bytes for a second of CPU. */
export async function verify(ground: Ground): Promise<void> {
  const { filename, bytes } = makeWheel({ ...{ tags: [tag] }, files: await contents() });
  const path = join(ground.dir, filename);
  await writeFile(path, bytes);
  const name = parseWheelName(filename)!;
  const expected = { filename, package: name.name, version: name.version, tags: new Set(name.tags) };
  const [rates, wall]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const before = { cpu: ownCpuSeconds(), ms: performance.now() };
    const verdict = await verifyWheel(path, expected);
    if (!verdict.sound) throw new Error(verdict.faults.join(' '));
    const megabytes = verdict.facts.uncompressedBytes / 1e6;
    rates.push(megabytes / (ownCpuSeconds() - before.cpu));
    wall.push(megabytes / ((performance.now() - before.ms) / 1000));
  }
  const packed = bytes.length / 1e6;
  ground.tell({ figure: 'verify.mb_per_s', unit: 'MB/s', runs: rates, wall_mb_per_s: wall, packed_mb: packed });
}

const tag = 'cp311-cp311-linux_bench';

/** Forty megabytes of a program as eight libraries, and the sources of a compiler as some hundred modules. */
async function contents(): Promise<Record<string, Buffer>> {
  const program = (await readFile(process.execPath)).subarray(0, 40e6);
  const text = await readFile(createRequire(import.meta.url).resolve('typescript'));
  const libraries = Array.from({ length: 8 }, (_, n) => [`demo/lib${n}.so`, piece(program, n, 8)] as const);
  const modules = Array.from({ length: 200 }, (_, n) => [`demo/m${n}.py`, piece(text, n, 200)] as const);
  return Object.fromEntries([...libraries, ...modules]);
}

const piece = (whole: Buffer, n: number, of: number): Buffer =>
  whole.subarray(Math.floor((whole.length * n) / of), Math.floor((whole.length * (n + 1)) / of));
