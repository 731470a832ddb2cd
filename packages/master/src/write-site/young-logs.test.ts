import { expect, test } from 'vitest';
import { YoungLogs } from './young-logs.ts';

const text = (log: string) => Buffer.from(log);

test('a young log is what was added to it', () => {
  const logs = new YoungLogs();
  expect([logs.length(1), logs.text(1)]).toEqual([undefined, undefined]);
  expect(logs.add(1, text('so '), 0)).toBe(true);
  expect(logs.add(1, text('far'), 5)).toBe(true);
  expect([logs.length(1), logs.text(1)?.toString()]).toEqual([6, 'so far']);
});

test('a young log is not changed by what becomes of the message that it came in', () => {
  const logs = new YoungLogs();
  const message = text('one');
  logs.add(1, message, 0);
  message.fill(0);
  expect(logs.text(1)?.toString()).toBe('one');
});

test('a young log is as old as its beginning', () => {
  const logs = new YoungLogs();
  logs.add(1, text('a'), 0);
  logs.add(2, text('a'), 10);
  logs.add(1, text('b'), 20);
  expect([logs.since(0), logs.since(9), logs.since(10)]).toEqual([[1], [1], [1, 2]]);
});

test('a log that is no longer short, or one too many, has no place in memory', () => {
  const logs = new YoungLogs();
  expect(logs.add(1, Buffer.alloc(65_536), 0)).toBe(true);
  expect([logs.add(1, text('!'), 0), logs.length(1)]).toEqual([false, 65_536]);
  for (let attempt = 2; attempt <= 256; attempt++) expect(logs.add(attempt, Buffer.alloc(65_536), 0)).toBe(true);
  expect([logs.add(257, text('!'), 0), logs.length(257)]).toEqual([false, undefined]);
  logs.drop(1);
  logs.drop(1);
  expect(logs.add(257, text('!'), 0)).toBe(true);
});
