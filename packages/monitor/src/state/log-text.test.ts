import { expect, test } from 'vitest';
import { emptyLog, linesKept, logWith } from './log-text.ts';

const said = (...pieces: string[]) =>
  pieces.reduce(
    (log, text, nth) => logWith(log, { text, bytes: text.length, ended: nth === pieces.length - 1 }, 1000 + nth),
    emptyLog(1),
  );

test('lines are whole however the pieces are cut, and know when they came', () => {
  expect(said('one\ntw', 'o\nthree').lines).toEqual([
    { text: 'one', atMs: 1000 },
    { text: 'two', atMs: 1001 },
    { text: 'three', atMs: 1001 },
  ]);
});

test('a log can’t command the terminal, and a carriage return writes a line anew', () => {
  expect(
    said('\x1b[2J\x1b]0;title\x07red\t1\nprogress 1%\rprogress 100%\nwindows\r\n').lines.map(({ text }) => text),
  ).toEqual(['red        1', 'progress 100%', 'windows']);
});

test('a log that heaps marks on a character is shown with a few of them', () => {
  const [line] = said(`e${'\u0301'.repeat(5000)}x\n`).lines;
  expect(line!.text).toBe(`e${'\u0301'.repeat(8)}x`);
});

test('of a log without end the last lines are kept', () => {
  const log = said('x\n'.repeat(linesKept + 5), 'last\n');
  expect(log.lines).toHaveLength(linesKept);
  expect(log.lines.at(-1)!.text).toBe('last');
  expect(log.dropped).toBe(6);
});

test('a line that never ends is cut, and costs no more the longer it is', () => {
  const piece = { text: 'x'.repeat(64 << 10), bytes: 64 << 10, ended: false };
  let log = emptyLog(7);
  for (let n = 0; n < 100; n += 1) log = logWith(log, piece, null);
  expect(log.rest.length).toBeLessThanOrEqual(10_000);
  expect(log.lines.reduce((sum, { text }) => sum + text.length, log.rest.length)).toBe(100 * (64 << 10));
});
