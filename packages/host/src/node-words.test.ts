import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { nodeWords } from './node-words.ts';

const run = promisify(execFile);

/** A program that says what Node was asked for. */
async function programWith(firstLine: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-words-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const bin = join(dir, 'says.js');
  await writeFile(bin, `${firstLine}\nconsole.log(...process.execArgv, ...process.argv.slice(2));\n`, { mode: 0o755 });
  return bin;
}

test.each([
  ['#!/usr/bin/env node', 'word'],
  ['#!/usr/bin/env -S node --max-semi-space-size=2 --no-warnings', '--max-semi-space-size=2 --no-warnings word'],
])('a program that begins with "%s" starts by these words as it does by its path', async (firstLine, said) => {
  const bin = await programWith(firstLine);
  const byPath = await run(bin, ['word']);
  const byWords = await run(process.execPath, [...(await nodeWords(bin)), 'word']);
  expect([byPath.stdout, byWords.stdout]).toEqual([`${said}\n`, `${said}\n`]);
});
