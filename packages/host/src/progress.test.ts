import { expect, test } from 'vitest';
import { openProgress } from './progress.ts';

function drawn(isTTY: boolean, columns = 80) {
  const writes: string[] = [];
  const progress = openProgress({ isTTY, columns, write: (text) => writes.push(text) });
  return { progress, writes };
}

test('a terminal sees one line, which is gone at the end', () => {
  const { progress, writes } = drawn(true);
  progress.say('fetching numpy');
  progress.done();
  expect(writes[0]).toMatch(/^\r\x1b\[K\S fetching numpy$/);
  expect(writes.at(-1)).toBe('\r\x1b[K');
});

test('a line that is too long for the terminal, or has breaks in it, stays one line', () => {
  const { progress, writes } = drawn(true, 20);
  progress.say('a line\nthat is much longer than that');
  progress.done();
  expect(writes[0]!.replace('\r\x1b[K', '')).toMatch(/^\S a line that .{0,8}$/);
});

test('a pipe sees nothing', () => {
  const { progress, writes } = drawn(false);
  progress.say('fetching numpy');
  progress.done();
  expect(writes).toEqual([]);
});
