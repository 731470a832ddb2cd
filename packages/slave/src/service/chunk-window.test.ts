import { chunksInFlight } from '@piw/wire/file-protocol';
import { expect, test } from 'vitest';
import { ChunkWindow } from './chunk-window.ts';

const ticket = new Uint8Array(16);

/** Sends eight chunks of ten bytes each. */
function fill(window: ChunkWindow) {
  return Array.from({ length: chunksInFlight }, (_, n) => {
    const frame = window.next();
    window.sent((n + 1) * 10);
    return frame;
  });
}

test('a ninth chunk goes when the master has the first, and in its frame', () => {
  const window = new ChunkWindow(ticket, 10, false);
  const frames = fill(window);
  expect(window.hasRoom(9)).toBe(false);
  expect(window.hasRoom(10)).toBe(true);
  expect(window.next()).toBe(frames[0]);
});

test('no frame of a ticket that is repeated is filled twice: the master may have had its chunk before', () => {
  const window = new ChunkWindow(ticket, 10, true);
  const frames = fill(window);
  expect(window.hasRoom(10)).toBe(true);
  expect(frames).not.toContain(window.next());
});
