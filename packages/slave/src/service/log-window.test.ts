import { expect, test } from 'vitest';
import { LogWindow } from './log-window.ts';

const kibibytes = (count: number): number => count << 10;

/** Sends all that may be sent of a log this long; returns the offsets. */
function flush(window: LogWindow, logBytes: number): number[] {
  const offsets: number[] = [];
  for (let piece = window.next(logBytes, kibibytes(64)); piece; piece = window.next(logBytes, kibibytes(64))) {
    offsets.push(piece.offset);
    window.sent(piece.length);
  }
  return offsets;
}

test('no more than 256 KiB of a log are on their way', () => {
  const window = new LogWindow();
  expect(flush(window, kibibytes(1000))).toEqual([0, 64, 128, 192].map(kibibytes));
  expect(window.isFull()).toBe(true);
  window.acknowledge(kibibytes(64));
  expect(window.isFull()).toBe(false);
  expect(flush(window, kibibytes(1000))).toEqual([kibibytes(256)]);
});

test('a log goes on where the master has it', () => {
  expect(flush(new LogWindow(100), 200)).toEqual([100]);
});

test('what was lost on its way is sent again', () => {
  const window = new LogWindow();
  flush(window, 100);
  window.asked();
  window.acknowledge(0);
  expect(flush(window, 100)).toEqual([0]);
});

test('what was lost with a connection is sent again on the next, asked for or not', () => {
  const window = new LogWindow();
  flush(window, 100);
  window.resume(40);
  expect(flush(window, 100)).toEqual([40]);
});

test('an answer to an earlier question does not bring on what left between the two', () => {
  const window = new LogWindow();
  window.asked();
  flush(window, 100);
  window.asked();
  expect(window.acknowledge(0)).toBe(false);
  expect(flush(window, 100)).toEqual([]);
});

test('what left after the question is not lost because the answer did not know it', () => {
  const window = new LogWindow();
  window.asked();
  flush(window, 100);
  window.acknowledge(0);
  expect(flush(window, 100)).toEqual([]);
  expect(window.isDone(100)).toBe(false);
  window.acknowledge(100);
  expect(window.isDone(100)).toBe(true);
});
