import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@piw/host/log';
import { dial } from '@piw/wire/dialler';
import { fromSender, toSender } from '@piw/wire/file-protocol';
import { type Heard, type Listener, listen } from '@piw/wire/listener';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileSender } from './file-sender.ts';

type Chunk = Heard<typeof fromSender>;

const mebibyte = 1 << 20;
let dir: string;
let master: Listener<typeof fromSender, typeof toSender>;
let sender: FileSender;
let said: string[];
let close: () => Promise<void>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-sender-'));
  master = await listen({ address: `ipc://${dir}/files`, hears: fromSender, says: toSender });
  const queue = dial({ address: master.address, hears: toSender, says: fromSender, patienceMs: Infinity, waiting: 4 });
  said = [];
  sender = new FileSender(queue, openLog({ console: { write: (line) => said.push(line) }, level: 'warn' }).logger);
  const listening = sender.listen();
  close = async () => {
    sender.stop();
    queue.close();
    master.close();
    await listening;
  };
});
afterEach(async () => {
  await close();
  await rm(dir, { recursive: true });
});

async function file(bytes: number): Promise<{ path: string; content: Buffer }> {
  const [path, content] = [join(dir, 'a.whl'), randomBytes(bytes)];
  await writeFile(path, content);
  return { path, content };
}

/** Takes chunks, each acknowledged unless it is said not to be, until one makes `isLast` true. */
async function take(isLast: (chunk: Chunk, count: number) => boolean, acknowledges = true): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of master) {
    chunks.push(chunk);
    const { ticket, offset, bytes } = chunk.message.body;
    if (acknowledges) void master.say(chunk.peer, { type: 'GOT', body: { ticket, offset: offset + bytes.length } });
    if (isLast(chunk, chunks.length)) break;
  }
  return chunks;
}

const endsAt =
  (bytes: number) =>
  ({ message: { body } }: Chunk): boolean =>
    body.offset + body.bytes.length === bytes;
const contentOf = (chunks: readonly Chunk[]) => Buffer.concat(chunks.map(({ message }) => message.body.bytes));

test('a file arrives whole, from the offset that was asked for', async () => {
  const { path, content } = await file(12 * mebibyte + 5);
  sender.send(path, 10, randomBytes(16));
  const chunks = await take(endsAt(content.length));
  expect(contentOf(chunks).equals(content.subarray(10))).toBe(true);
  expect(Math.max(...chunks.map(({ message }) => message.body.bytes.length))).toBe(mebibyte);
});

test('no more than eight chunks are on their way until the master has some of them', async () => {
  const { path } = await file(20 * mebibyte);
  const ticket = randomBytes(16);
  sender.send(path, 0, ticket);
  const eight = await take((_, count) => count === 8, false);
  const next = take(() => true);
  expect(await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 200, 'nothing'))])).toBe('nothing');
  void master.say(eight[0]!.peer, { type: 'GOT', body: { ticket, offset: mebibyte } });
  expect((await next)[0]?.message.body.offset).toBe(8 * mebibyte);
});

test('a new ticket begins anew, and what the old one had on its way says so', async () => {
  const { path, content } = await file(12 * mebibyte);
  const [old, current] = [randomBytes(16), randomBytes(16)];
  sender.send(path, 0, old);
  await take((_, count) => count === 2, false);
  sender.send(path, 2 * mebibyte, current);
  const all = await take((chunk) => endsAt(content.length)(chunk) && current.equals(chunk.message.body.ticket));
  const mine = all.filter(({ message }) => current.equals(message.body.ticket));
  expect(contentOf(mine).equals(content.subarray(2 * mebibyte))).toBe(true);
});

test('a file that is gone is told of in the log, and the next one is sent', async () => {
  sender.send(join(dir, 'gone.whl'), 0, randomBytes(16));
  const { path, content } = await file(10);
  sender.send(path, 0, randomBytes(16));
  expect(contentOf(await take(endsAt(10))).equals(content)).toBe(true);
  expect(said.join('')).toContain('gone.whl failed');
});
