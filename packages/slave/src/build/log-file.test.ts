import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

let dir = '';
beforeAll(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'piw-log-'))));
afterAll(() => rm(dir, { recursive: true }));

test('a log has a section a step, knows its length, and shows the end of the last section', async () => {
  const seen: string[] = [];
  const log = openLogFile(path.join(dir, 'log'), (bytes) => seen.push(Buffer.from(bytes).toString()));
  log.section('fetch');
  log.write('one\n');
  log.section('build');
  log.write(Buffer.from('zwölf\n'));
  expect(log.tail()).toBe('zwölf\n');
  log.close();
  const text = await readFile(log.path, 'utf8');
  expect(text).toBe('== fetch ==\none\n\n== build ==\nzwölf\n');
  expect(seen.join('')).toBe(text);
  expect(log.bytes).toBe(Buffer.byteLength(text));
});

test('a log that is opened again is continued', () => {
  const log = openLogFile(path.join(dir, 'log'));
  const before = log.bytes;
  log.write('more');
  log.close();
  expect([before > 0, log.bytes]).toEqual([true, before + 4]);
});
