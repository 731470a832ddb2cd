import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runTasks, type Task } from './run-tasks.ts';

const untilStopped: Task = async (signal) => {
  if (!signal.aborted) await once(signal, 'abort');
};

test('tasks run together, and all have ended when it is over', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const tasks = {
    first: async (signal: AbortSignal) => {
      await untilStopped(signal);
      ended.push('first');
    },
    second: () => {
      stop.abort();
      ended.push('second');
      return Promise.resolve();
    },
  };
  await runTasks(tasks, stop.signal);
  expect(ended).toEqual(['second', 'first']);
});

test('the first failure stops the rest and is thrown when they have ended', async () => {
  let rested = false;
  const tasks = {
    steady: async (signal: AbortSignal) => {
      await untilStopped(signal);
      rested = true;
      throw new Error('because I was stopped');
    },
    failing: () => Promise.reject(new Error('no database')),
  };
  await expect(runTasks(tasks, new AbortController().signal)).rejects.toThrow('no database');
  expect(rested).toBe(true);
});

test('what a task rejects with after it was told to stop is no failure', async () => {
  const stop = new AbortController();
  const aborting: Task = async (signal) => {
    await untilStopped(signal);
    throw signal.reason;
  };
  const running = runTasks({ aborting }, stop.signal);
  stop.abort();
  await expect(running).resolves.toBeUndefined();
});
