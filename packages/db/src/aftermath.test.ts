import { expect, test } from 'vitest';
import { aftermath, type Ending } from './aftermath.ts';

const dayMs = 24 * 3_600_000;
const after = (ending: Partial<Ending>) =>
  aftermath(
    {
      outcome: 'failure',
      reason: null,
      counts: true,
      lostBefore: 0,
      transientBefore: 0,
      ageMs: 100 * dayMs,
      asked: false,
      ...ending,
    },
    60_000,
  );

test('failures, time-outs and rejections settle, cancelled builds do not', () => {
  const outcomes = ['success', 'failure', 'timeout', 'memory', 'rejected', 'cancelled', 'skipped'] as const;
  expect(outcomes.filter((outcome) => after({ outcome }).settles)).toEqual(outcomes.slice(0, 5));
});

test('when the world is at fault nothing adds up to a failure', () => {
  const uncounted = { counts: false, lostBefore: 9, transientBefore: 9 };
  expect(after({ outcome: 'transient', ...uncounted })).toMatchObject({ settles: false, delayMs: 60_000 });
  expect(after({ outcome: 'lost', ...uncounted })).toMatchObject({ outcome: 'lost', settles: false });
});

test('a release without an sdist is looked at again for two weeks, unless somebody waits for it', () => {
  expect(after({ outcome: 'no-source', ageMs: dayMs })).toMatchObject({ settles: false, delayMs: dayMs / 4 });
  expect(after({ outcome: 'no-source', ageMs: dayMs, asked: true }).settles).toBe(true);
  expect(after({ outcome: 'no-source', ageMs: 15 * dayMs }).settles).toBe(true);
});

test('the third loss names the slave that was lost last', () => {
  const reason = { kind: 'slave-lost', subject: 'rock-3', text: 'rock-3 was not heard of any more' } as const;
  expect(after({ outcome: 'lost', lostBefore: 2, reason })).toMatchObject({
    outcome: 'failure',
    reason: { kind: 'slave-lost', subject: 'rock-3' },
  });
});
