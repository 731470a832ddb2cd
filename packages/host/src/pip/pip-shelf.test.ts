import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PipShelf } from './pip-shelf.ts';

vi.setConfig({ testTimeout: 60_000 });

let dir: string;
let python: string;
let shelf: PipShelf;
const never = new AbortController().signal;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-shelf-'));
  execFileSync('python3', ['-m', 'venv', path.join(dir, 'venv')]);
  python = path.join(dir, 'venv/bin/python');
}, 60_000);
afterAll(() => rm(dir, { recursive: true }));
beforeEach(() => {
  shelf = new PipShelf();
});
afterEach(() => shelf.close());

/** Opens a pip, and tells what it said. */
async function use(signal = never) {
  const said: string[] = [];
  const pip = shelf.take(python, { onOutput: (bytes) => said.push(bytes.toString()), signal, tmpDir: dir });
  await pip.open(['--isolated']);
  return { pip, said };
}

/** The numbers of those that run, as the kernel knows them. */
const running = (): string[] =>
  execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`${python} -I -B`) && !/^\s*\d+ Z/.test(line))
    .map((line) => line.trim().split(' ')[0]!);

test('a pip that was given back is who serves next', async () => {
  await (await use()).pip.close();
  const first = running();
  await (await use()).pip.close();
  expect(first).toHaveLength(1);
  expect(running()).toEqual(first);
});

test('each user hears what pip says to it, whole before its answer, and nothing of what it said to others', async () => {
  const first = await use();
  expect(await first.pip.install(path.join(dir, 'venv'), python, ['--isolated', '--no-such-option'])).not.toBe(0);
  expect(first.said.join('')).toMatch(/no such option: --no-such-option/);
  await first.pip.close();
  const second = await use();
  await second.pip.close();
  expect(second.said).toEqual([]);
});

test('who comes while one is in use gets another, and one alone is kept', async () => {
  const [outer, inner] = [await use(), await use()];
  expect(running()).toHaveLength(2);
  await inner.pip.close();
  await outer.pip.close();
  await vi.waitUntil(() => running().length === 1);
  expect(running()).toHaveLength(1);
});

test('one that was killed, or was asked and gave no answer, is not given to anybody else', async () => {
  const stop = new AbortController();
  const { pip } = await use(stop.signal);
  stop.abort();
  await expect(pip.open([])).rejects.toThrow('pip ended without an answer');
  await pip.close();
  expect(running()).toEqual([]);
  const next = await use();
  await next.pip.close();
  expect(running()).toHaveLength(1);
});

test('one that nobody uses for a while goes', async () => {
  shelf = new PipShelf(1);
  await (await use()).pip.close();
  await vi.waitUntil(() => running().length === 0);
  expect(running()).toEqual([]);
});

test('one whose pip was changed meanwhile begins again with that of now', async () => {
  await (await use()).pip.close();
  const [pid] = running();
  const began = async (): Promise<string> => (await readFile(`/proc/${pid}/environ`)).toString();
  expect(await began()).not.toContain('PIW_FIRST_REQUEST');
  const find = 'import pip; print(pip.__file__)';
  const place = execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim();
  await utimes(place, 1, 1);
  const { pip } = await use();
  expect(await pip.install(path.join(dir, 'venv'), python, ['--isolated', '--help'])).toBe(0);
  expect(running()).toEqual([pid]);
  expect(await began()).toContain('PIW_FIRST_REQUEST');
  await pip.close();
});

test('what is given back to a shelf that was closed ends', async () => {
  const { pip } = await use();
  await shelf.close();
  await pip.close();
  expect(running()).toEqual([]);
});
