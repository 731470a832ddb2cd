import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { chunkBytes } from '@piw/wire/file-protocol';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { Flushes } from './flushes.ts';
import { IncomingFile } from './incoming-file.ts';
import { Transfer } from './transfer.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const content = Buffer.from('wheels within wheels, each of them sound');

/** A transfer of some bytes, with what it asked for and what it acknowledged. */
async function begin({ announced = content, held = Buffer.alloc(0), silenceMs = 60_000 } = {}) {
  const path = join(newFolder(), 'file.whl');
  await writeFile(path, held);
  const file = await IncomingFile.open(path, announced.length, new Flushes());
  onTestFinished(() => file.close());
  const asked: number[] = [];
  const got: number[] = [];
  const warned: string[] = [];
  const transfer = new Transfer(
    file,
    { sizeBytes: announced.length, sha256: sha256(announced) },
    { ask: (_, offset) => asked.push(offset), onProgress: () => {}, warn: (text) => warned.push(text), silenceMs },
  );
  const stopping = new AbortController();
  const arrival = transfer.arrive(stopping.signal);
  arrival.catch(() => undefined);
  const take = (from: number, to: number, bytes: Uint8Array = content) =>
    transfer.take(from, bytes.subarray(from, to), (heldBytes) => got.push(heldBytes));
  onTestFinished(() => stopping.abort());
  const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 5 });
  await until(() => expect(asked.length > 0 || held.length === announced.length).toBe(true));
  return { path, file, asked, got, warned, arrival, take, stopping, until };
}

test('a file comes in chunks, each of which is acknowledged when it is written', async () => {
  const { arrival, take, got, asked, path } = await begin();
  take(0, 10);
  take(10, 20);
  take(20, content.length);
  expect(await arrival).toBe('whole');
  expect(got).toEqual([10, 20, content.length]);
  expect(asked).toEqual([0]);
  expect(await readFile(path)).toEqual(content);
});

test('a chunk that comes again is acknowledged again and not written again', async () => {
  const { arrival, take, got, until } = await begin();
  take(0, 10);
  await until(() => expect(got).toEqual([10]));
  take(0, 10);
  expect(got).toEqual([10, 10]);
  take(10, content.length);
  expect(await arrival).toBe('whole');
});

test('after a gap the sender is asked again from the length held', async () => {
  const { arrival, take, asked, until } = await begin({ silenceMs: 20 });
  take(0, 10);
  take(20, 30);
  await until(() => expect(asked).toContain(10));
  take(10, content.length);
  expect(await arrival).toBe('whole');
});

test('what a former master received is not asked for again', async () => {
  const { arrival, take, asked } = await begin({ held: content.subarray(0, 12) });
  expect(asked).toEqual([12]);
  take(12, content.length);
  expect(await arrival).toBe('whole');
});

test('a file that a former master received whole is not asked for at all', async () => {
  const { arrival, asked } = await begin({ held: content });
  expect(await arrival).toBe('whole');
  expect(asked).toEqual([]);
});

test('a file that comes with another hash than announced starts over once', async () => {
  const { arrival, take, asked, until } = await begin();
  const wrong = Buffer.alloc(content.length, '?');
  take(0, wrong.length, wrong);
  await until(() => expect(asked).toEqual([0, 0]));
  take(0, content.length);
  expect(await arrival).toBe('whole');
});

test('a second wrong hash means that the transfer is broken', async () => {
  const { arrival, take, asked, until } = await begin();
  const wrong = Buffer.alloc(content.length, '?');
  take(0, wrong.length, wrong);
  await until(() => expect(asked).toEqual([0, 0]));
  take(0, wrong.length, wrong);
  expect(await arrival).toEqual({ broken: 'it came twice with another SHA-256 than announced' });
});

test('a slave that sends more than it announced is not written to the disk', async () => {
  const { arrival, take, path } = await begin();
  take(0, content.length + 1, Buffer.concat([content, content]));
  expect(await arrival).toEqual({ broken: `more came than the ${content.length} bytes announced` });
  expect((await readFile(path)).length).toBe(0);
});

test('a slave that floods the desk is held to eight chunks in memory', async () => {
  const large = randomBytes(10 * chunkBytes);
  const { arrival, take, got, until } = await begin({ announced: large, silenceMs: 50 });
  for (let at = 0; at < large.length; at += chunkBytes) take(at, at + chunkBytes, large);
  await until(() => expect(got.at(-1)).toBe(8 * chunkBytes));
  take(8 * chunkBytes, 9 * chunkBytes, large);
  take(9 * chunkBytes, 10 * chunkBytes, large);
  expect(await arrival).toBe('whole');
});

test('a disk that is full for a while delays a file, and no byte is acknowledged that is not on it', async () => {
  const { arrival, take, file, asked, got, warned, until } = await begin({ silenceMs: 20 });
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' });
  const append = vi.spyOn(file, 'append').mockRejectedValueOnce(full);
  take(0, content.length);
  await until(() => expect(asked.length).toBeGreaterThan(1));
  expect(got).toEqual([]);
  expect(warned).toEqual([expect.stringContaining('no space left')]);
  append.mockRestore();
  take(0, content.length);
  expect(await arrival).toBe('whole');
});

test('once nobody wants a file, nothing more is written', async () => {
  const { arrival, take, stopping, path } = await begin();
  stopping.abort(new Error('enough'));
  await expect(arrival).rejects.toThrow('enough');
  take(0, content.length);
  expect((await readFile(path)).length).toBe(0);
});

test('whatever is lost, repeated or out of order, a file that arrives is the one announced', async () => {
  const pieces = [0, 7, 14, 21, 28, 35, content.length];
  const piece = fc.nat({ max: pieces.length - 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (order) => {
      const { arrival, take, path, got, until } = await begin();
      for (const at of [...order, 0, 1, 2, 3, 4, 5]) {
        take(pieces[at]!, pieces[at + 1]!);
        if (at % 2 === 0) await setImmediate();
      }
      await until(() => expect(got.at(-1)).toBe(content.length));
      expect(await arrival).toBe('whole');
      expect(await readFile(path)).toEqual(content);
    }),
    { numRuns: 30 },
  );
});
