import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logLines } from './log-lines.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-log-lines-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function linesOf(text: string, from = 0, to = Buffer.byteLength(text)): Promise<string[]> {
  const log = path.join(dir, 'log');
  await writeFile(log, text);
  const lines: string[] = [];
  for await (const line of logLines({ path: log, from, to })) lines.push(line);
  return lines;
}

test('a part of a log is read line by line, wherever the pieces that it is read in end', async () => {
  const long = Array.from({ length: 30_000 }, (_, nth) => `line ${nth} ä`);
  expect(await linesOf(long.join('\n'))).toEqual(long);
  expect(await linesOf('one\ntwo\nthree\n', 4, 8)).toEqual(['two', '']);
  expect(await linesOf('one\n', 4)).toEqual([]);
});

test('a line without an end is cut', async () => {
  const [line, next] = await linesOf(`${'x'.repeat(1 << 20)}\nnext`);
  expect([line?.length, next]).toEqual([1000, 'next']);
});
