import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepRunning } from './keep-running.ts';
import { type ProgramOrder, startProgram } from './program.ts';
import { Roster } from './roster.ts';

const order: ProgramOrder = { name: 'web', bin: 'web/bin/piw-web.js', args: ['--no-such-option'] };

test('a program that a signal ended is told of with the signal, and one that failed with its code', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'piw-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await mkdir(join(dir, 'programs'));
  const world = { roster: new Roster(dir), logs: dir };
  const stop = new AbortController();
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
    if (said.length === 2) stop.abort();
  };
  const killed = await startProgram(order, world);
  const [pid] = await readdir(join(dir, 'programs'));
  process.kill(Number(pid), 'SIGKILL');
  await keepRunning(order, { ...world, say }, stop.signal, killed);
  expect(said).toEqual([
    `web was ended by SIGKILL and is started again in 1 s (log: ${dir}/web.log)`,
    `web ended with code 2 and is started again in 2 s (log: ${dir}/web.log)`,
  ]);
});
