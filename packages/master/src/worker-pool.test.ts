import { afterEach, expect, test } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

/** Doubles numbers; says its thread's number for 0; throws at 13; never answers 7; eats all memory at 99. */
const doubler = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', (n) => {
      if (n === 13) throw new Error('unlucky');
      if (n === 99) for (const eaten = []; ; ) eaten.push(new Array(1e5).fill(n).map((x, i) => ({ x, i })));
      if (n !== 7) parentPort.postMessage(n === 0 ? threadId : 2 * n);
    });`)}`,
);

let pool: WorkerPool<number, number> | undefined;
const poolOf = (size: number, patienceMs = 60_000) => {
  pool = new WorkerPool({ file: doubler, size, patienceMs, heapMiB: 32 });
  return pool;
};
afterEach(() => pool?.close());

test('a pool answers more questions than it has threads, each with its own answer', async () => {
  const { size, answers } = { size: 2, answers: [2, 4, 6, 8, 10] };
  const asked = poolOf(size);
  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => asked.ask(n)))).toEqual(answers);
});

test('a pool of one asks the same thread again', async () => {
  const asked = poolOf(1);
  expect(await asked.ask(0)).toBe(await asked.ask(0));
});

test('a question that a thread dies of is lost alone', async () => {
  const asked = poolOf(1);
  const unlucky = asked.ask(13);
  const after = asked.ask(4);
  await expect(unlucky).rejects.toThrow('unlucky');
  expect(await after).toBe(8);
});

test('a thread that wants all memory is ended, and the pool goes on', async () => {
  const asked = poolOf(1);
  await expect(asked.ask(99)).rejects.toThrow('memory limit');
  expect(await asked.ask(1)).toBe(2);
});

test('a thread that never answers is ended after its time', async () => {
  const asked = poolOf(1, 300);
  await expect(asked.ask(7)).rejects.toThrow('no answer in time');
  expect(await asked.ask(2)).toBe(4);
});

test('what was not answered when the pool closes rejects', async () => {
  const asked = poolOf(1);
  const answers = [asked.ask(7), asked.ask(1)].map((answer) => expect(answer).rejects.toThrow('closed'));
  await asked.close();
  await Promise.all(answers);
  expect(asked).toBe(pool);
});
