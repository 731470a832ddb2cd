import { expect, test } from 'vitest';
import { logPath, wheelPath } from './published-path.ts';

test('a wheel is published under the hash of its content', () => {
  expect(wheelPath(`ab${'c'.repeat(62)}`, 'six-1.0-py3-none-any.whl')).toBe(
    `packages/ab/${'c'.repeat(62)}/six-1.0-py3-none-any.whl`,
  );
});

test.each([
  [1, 'logs/0000/0000/0001.txt.gz'],
  [123456789, 'logs/0001/2345/6789.txt.gz'],
  [1234567890123, 'logs/12345/6789/0123.txt.gz'],
])('the log of attempt %i is %s', (attempt, path) => {
  expect(logPath(attempt)).toBe(path);
});
