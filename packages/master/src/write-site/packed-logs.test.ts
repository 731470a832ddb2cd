import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PackedLogs } from './packed-logs.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-logs-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** A packed log of numbered lines. */
async function aLog(name: string, lines: number) {
  const text = Buffer.from(Array.from({ length: lines }, (_, index) => `${name} line ${index}\n`).join(''));
  const path = join(dir, name);
  await writeFile(path, gzipSync(text));
  return { path, text };
}

test('a long log that is read part by part comes whole', async () => {
  const { path, text } = await aLog('long', 100_000);
  const logs = new PackedLogs();
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < text.length; offset += 1 << 18) {
    const part = (await logs.read(path, offset, 1 << 18))!;
    expect(part).toMatchObject({ sizeBytes: text.length, ended: true });
    parts.push(part.bytes);
  }
  expect(Buffer.concat(parts).equals(text)).toBe(true);
});

test('whoever reads on goes on with the same unpacking, and does not begin again', async () => {
  const { path, text } = await aLog('first', 100_000);
  const other = await aLog('other', 100_000);
  const logs = new PackedLogs();
  const part = await logs.read(path, 0, 1000);
  await rename(other.path, path);
  const next = await logs.read(path, 1000, 100);
  expect(Buffer.from(part!.bytes).toString()).toBe(text.subarray(0, 1000).toString());
  expect(Buffer.from(next!.bytes).toString()).toBe(text.subarray(1000, 1100).toString());
});

test('parts may be asked for in any order, and of more logs than are kept open', async () => {
  const logs = new PackedLogs();
  const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => aLog(name, 1000)));
  for (const offset of [100, 0, 5000, 100, 200])
    for (const { path, text } of all) {
      const part = await logs.read(path, offset, 100);
      expect(Buffer.from(part!.bytes).toString()).toBe(text.subarray(offset, offset + 100).toString());
    }
});

test('beyond the end of a log there is nothing, and where there is no log that is said', async () => {
  const logs = new PackedLogs();
  const { path, text } = await aLog('short', 3);
  expect(await logs.read(path, text.length, 10)).toMatchObject({ bytes: new Uint8Array(), sizeBytes: text.length });
  expect(await logs.read(join(dir, 'absent'), 0, 10)).toBeUndefined();
});
