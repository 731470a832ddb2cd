import { expect, test } from 'vitest';
import { EndsBySlave } from './recent-ends.ts';

const nowMs = 10_000_000;

test('what ended before the master began, or before the slave left, counts for an hour', () => {
  const all = new EndsBySlave([
    { slaveId: 7, atMs: nowMs - 60_000, success: true, n: 3 },
    { slaveId: 7, atMs: nowMs - 3_540_000, success: false, n: 2 },
    { slaveId: 8, atMs: nowMs - 60_000, success: true, n: 1 },
  ]);
  expect(all.of(7, nowMs).count(nowMs)).toEqual({ successes: 3, failures: 2 });
  all.of(7, nowMs).note(nowMs, true);
  expect(all.of(7, nowMs).count(nowMs + 120_000)).toEqual({ successes: 4, failures: 0 });
  expect(all.of(9, nowMs).count(nowMs)).toEqual({ successes: 0, failures: 0 });
});

test('of very many slaves those are forgotten that built nothing', () => {
  const all = new EndsBySlave([{ slaveId: 0, atMs: nowMs, success: true, n: 1 }]);
  const idle = all.of(1, nowMs);
  for (let slaveId = 2; slaveId <= 10_000; slaveId += 1) all.of(slaveId, nowMs);
  expect(all.of(0, nowMs).count(nowMs)).toEqual({ successes: 1, failures: 0 });
  expect(all.of(1, nowMs)).not.toBe(idle);
});
