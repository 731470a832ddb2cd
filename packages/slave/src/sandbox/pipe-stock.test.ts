import { execFileSync } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { PipeStock } from './pipe-stock.ts';

test('each pipe is one of its own, also past those that were made at once', async () => {
  const stock = new PipeStock();
  const taken = await Promise.all(Array.from({ length: 20 }, () => stock.take()));
  const texts = taken.map(({ reader }) => text(reader));
  for (const [n, { writerFd }] of taken.entries()) {
    writeSync(writerFd, `pipe ${n}`);
    closeSync(writerFd);
  }
  expect(await Promise.all(texts)).toEqual(taken.map((_, n) => `pipe ${n}`));
});

test('a child that a pipe is not given to does not keep it open', async () => {
  const { reader, writerFd } = await new PipeStock().take();
  const listed = execFileSync('ls', ['-l', '/proc/self/fd'], { encoding: 'utf8' });
  expect(listed).not.toContain('piw-pipes-');
  closeSync(writerFd);
  expect(await text(reader)).toBe('');
});
