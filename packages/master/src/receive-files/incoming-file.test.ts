import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { Flushes } from './flushes.ts';
import { IncomingFile } from './incoming-file.ts';
import { Transfer } from './transfer.ts';

const mebibyte = 1 << 20;
const large = randomBytes(20 * mebibyte);
const sha256 = createHash('sha256').update(large).digest('hex');
const chunks = Array.from({ length: 20 }, (_, n) => large.subarray(n * mebibyte, (n + 1) * mebibyte));
const lost = Object.assign(new Error('EIO: i/o error, fdatasync'), { syscall: 'fdatasync' });

/** A file that holds just enough to be brought to the disk. */
async function fill(path: string, begin: Flushes['begin']): Promise<IncomingFile> {
  const file = await IncomingFile.open(path, large.length, { begin });
  for (const chunk of chunks.slice(0, 16)) await file.append(chunk);
  return file;
}

test('a large file goes to the disk while it comes, and is told to be whole after that', async () => {
  const told: string[] = [];
  let end = (): void => undefined;
  const path = join(newFolder(), 'a.whl');
  const file = await fill(path, () => {
    told.push('flush');
    return new Promise((resolve) => (end = resolve));
  });
  const hash = file.sha256().then(() => told.push('whole'));
  await new Promise(setImmediate);
  told.push('flushed');
  end();
  await hash;
  expect(told).toEqual(['flush', 'flushed', 'whole']);
  await file.close();
});

test('a file whose bytes the disk lost holds none of them, and says so once', async () => {
  const path = join(newFolder(), 'a.whl');
  const file = await fill(path, () => Promise.reject(lost));
  await expect(file.sha256()).rejects.toThrow('EIO');
  expect([file.heldBytes, (await readFile(path)).length]).toEqual([0, 0]);
  for (const chunk of chunks.slice(0, 2)) await file.append(chunk);
  expect((await readFile(path)).equals(large.subarray(0, 2 * mebibyte))).toBe(true);
  await file.close();
});

test('what a full disk refused is neither held nor in the hash', async () => {
  const file = await IncomingFile.open('/dev/full', large.length, new Flushes());
  await expect(file.append(large.subarray(0, mebibyte))).rejects.toThrow('ENOSPC');
  expect([file.heldBytes, await file.sha256()]).toEqual([0, createHash('sha256').digest('hex')]);
  await file.close();
});

test('what the disk lost is not there for the next transfer, even where nobody asked about it', async () => {
  const path = join(newFolder(), 'a.whl');
  const file = await fill(path, () => Promise.reject(lost));
  await expect(file.close()).rejects.toThrow('EIO');
  expect((await readFile(path)).length).toBe(0);
});

test('a wheel that the disk lost on its way comes again from its beginning', async () => {
  const path = join(newFolder(), 'a.whl');
  const begin = vi.fn<Flushes['begin']>(() => Promise.resolve()).mockImplementationOnce(() => Promise.reject(lost));
  const file = await IncomingFile.open(path, large.length, { begin });
  onTestFinished(() => file.close());
  const asked: number[] = [];
  const ask = (_: unknown, offset: number): void => {
    asked.push(offset);
    send(offset / mebibyte);
  };
  const around = { ask, onProgress: () => undefined, warn: () => undefined, silenceMs: 50 };
  const transfer = new Transfer(file, { sizeBytes: large.length, sha256 }, around);
  const send = (n: number): void => {
    const chunk = chunks[n];
    if (chunk) transfer.take(n * mebibyte, chunk, (heldBytes) => send(heldBytes / mebibyte));
  };
  expect(await transfer.arrive(new AbortController().signal)).toBe('whole');
  expect(asked).toEqual([0, 0]);
  expect((await readFile(path)).equals(large)).toBe(true);
});

test('one file is brought to the disk at a time, and another when that is over, however it ends', async () => {
  const flushes = new Flushes();
  let fail: (why: Error) => void = () => undefined;
  const first = flushes.begin(() => new Promise((_, reject) => (fail = reject)));
  expect(flushes.begin(() => Promise.resolve())).toBeUndefined();
  fail(lost);
  await expect(first).rejects.toThrow('EIO');
  await expect(flushes.begin(() => Promise.resolve())).resolves.toBeUndefined();
});
