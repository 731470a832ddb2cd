import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromSlave } from '@piw/wire/slave-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogSender } from './log-sender.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-log-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** A sender of a log of that many bytes, its clock, and what it did: offsets sent, and questions. */
async function sender(bytes: number) {
  const path = join(dir, String(bytes));
  await writeFile(path, Buffer.alloc(bytes));
  const clock = { ms: 0 };
  const did: (number | 'ask')[] = [];
  const log = new LogSender(
    7,
    { path, bytes },
    {
      say: ({ type, body }: FromSlave) => {
        if (type === 'LOG') did.push(body.offset >> 10);
        return Promise.resolve(true);
      },
      ask: () => {
        did.push('ask');
        log.asked();
      },
      now: () => clock.ms,
    },
  );
  const beats = async (...atMs: number[]): Promise<(number | 'ask')[]> => {
    did.length = 0;
    for (clock.ms of atMs) await log.beat();
    return [...did];
  };
  return { log, beats, did, path };
}

const kibibytes = (count: number): number => count << 10;

test('a few lines wait five seconds unless somebody watches or the build has ended', async () => {
  const quiet = await sender(10);
  expect(await quiet.beats(250, 4_999)).toEqual([]);
  expect(await quiet.beats(5_000)).toEqual([0]);
  const watched = await sender(11);
  watched.log.acknowledge(0, true);
  expect(await watched.beats(250)).toEqual([0]);
  const ended = await sender(12);
  ended.log.complete();
  expect(await ended.beats(250)).toEqual([0, 'ask']);
});

test('a full window asks at once, then once a second, until the master tells how far it is', async () => {
  const { log, beats } = await sender(kibibytes(400));
  expect(await beats(250, 500, 750, 1_000)).toEqual([0, 64, 128, 192, 'ask']);
  expect(await beats(1_250, 1_500)).toEqual(['ask']);
  log.acknowledge(kibibytes(256), false);
  expect(await beats(1_750)).toEqual([256, 320, 384]);
});

test('what fills the window goes on as soon as the master tells how far it is, and asks nothing', async () => {
  const { log, beats, did } = await sender(kibibytes(402));
  log.acknowledge(0, false);
  expect(await beats(250)).toEqual([0, 64, 128, 192]);
  log.acknowledge(kibibytes(64), false);
  await Promise.all([log.goOn(), log.goOn()]);
  expect(did).toEqual([0, 64, 128, 192, 256]);
  log.acknowledge(kibibytes(320), true);
  await log.goOn();
  expect(did.slice(5)).toEqual([320, 384]);
});

test('a few lines wait for the next beat, however much the master tells', async () => {
  const { log, did } = await sender(21);
  log.acknowledge(0, true);
  await log.goOn();
  expect(did).toEqual([]);
  log.complete();
  await log.goOn();
  expect(did).toEqual([0]);
});

test('a master that has no room for the log is offered it once a second, no more', async () => {
  const { log, beats } = await sender(20);
  log.complete();
  expect(await beats(250)).toEqual([0, 'ask']);
  log.acknowledge(0, false);
  expect(await beats(500, 1_000)).toEqual([]);
  expect(await beats(1_250)).toEqual([0, 'ask']);
});

test('a log that cannot be read is tried again after five seconds', async () => {
  const { log, beats, path } = await sender(30);
  await rm(path);
  log.complete();
  await expect(beats(250)).rejects.toThrow('ENOENT');
  expect(await beats(500, 5_000)).toEqual([]);
  await writeFile(path, Buffer.alloc(30));
  expect(await beats(5_250)).toEqual([0, 'ask']);
});

test('a log that lost its end on the disk is sent as far as it goes', async () => {
  const { log, beats, path } = await sender(40);
  await truncate(path, 10);
  log.complete();
  expect(await beats(250, 500, 1_250)).toEqual([0, 'ask', 'ask']);
});
