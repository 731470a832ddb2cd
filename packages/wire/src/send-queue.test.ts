import { expect, test } from 'vitest';
import { SendQueue } from './send-queue.ts';

/** A socket that is busy until it is let go; a second send meanwhile throws, as zeromq's does. */
function slowSocket() {
  const sent: unknown[] = [];
  let letGo: (() => void) | undefined;
  const socket = {
    sendTimeout: -1,
    send(parts: unknown[]): Promise<void> {
      if (letGo) throw new Error('EBUSY');
      return new Promise((resolve) => {
        letGo = () => {
          letGo = undefined;
          sent.push(parts[0]);
          resolve();
        };
      });
    },
  };
  return { socket, sent, letGo: () => letGo?.() };
}

const full = { sendTimeout: -1, send: () => Promise.reject(Object.assign(new Error('full'), { code: 'EAGAIN' })) };

test('messages leave one after another, in their order', async () => {
  const { socket, sent, letGo } = slowSocket();
  const queue = new SendQueue(socket);
  const results = ['a', 'b', 'c'].map((text) => queue.push([text], { patienceMs: Infinity }));
  for (const result of results) {
    letGo();
    expect(await result).toBe(true);
  }
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('a message without patience is tried once', async () => {
  expect(await new SendQueue(full).push(['a'])).toBe(false);
});

test('a message waits for its peer as long as its patience, and not longer', async () => {
  const began = performance.now();
  expect(await new SendQueue(full).push(['a'], { patienceMs: 30 })).toBe(false);
  expect(performance.now() - began).toBeGreaterThanOrEqual(29);
});

test('a message that is not wanted any more does not leave', async () => {
  const { socket, sent, letGo } = slowSocket();
  const queue = new SendQueue(socket);
  const first = queue.push(['a'], { patienceMs: Infinity });
  const wanted = new AbortController();
  const second = queue.push(['b'], { patienceMs: Infinity, signal: wanted.signal });
  wanted.abort();
  letGo();
  expect(await Promise.all([first, second])).toEqual([true, false]);
  expect(sent).toEqual(['a']);
});

test('of more messages than may wait the latest are dropped', async () => {
  const { socket, letGo } = slowSocket();
  const queue = new SendQueue(socket, 2);
  const [first] = ['a', 'b', 'c'].map((text) => queue.push([text], { patienceMs: Infinity }));
  expect(await queue.push(['d'], { patienceMs: Infinity })).toBe(false);
  letGo();
  expect(await first).toBe(true);
});

test('a socket that was closed takes nothing, and nobody hears an error', async () => {
  const closed = {
    sendTimeout: 0,
    send: () => {
      throw Object.assign(new Error('closed'), { code: 'EBADF' });
    },
  };
  expect(await new SendQueue(closed).push(['a'], { patienceMs: 1000 })).toBe(false);
});
