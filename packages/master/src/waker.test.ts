import { expect, test } from 'vitest';
import { Waker } from './waker.ts';

const never = new AbortController().signal;

test('a call that comes before the sleep is not lost', async () => {
  const waker = new Waker();
  waker.wake();
  await expect(waker.sleep(never)).resolves.toBeUndefined();
});

test('a sleeper wakes when it is called, when it is stopped, and when its time is over', async () => {
  const waker = new Waker();
  const called = waker.sleep(never);
  waker.wake();
  await expect(called).resolves.toBeUndefined();
  const stopping = new AbortController();
  const stopped = waker.sleep(stopping.signal);
  stopping.abort();
  await expect(stopped).resolves.toBeUndefined();
  await expect(waker.sleep(never, 1)).resolves.toBeUndefined();
});
