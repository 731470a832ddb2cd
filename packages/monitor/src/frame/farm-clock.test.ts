import { boardOf } from '@piw/wire/status-board';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

test.each([-600_000, 0, 600_000])('ages are true on a machine whose clock is %i ms off the master’s', (offMs) => {
  const farm = farmWith([slaveLike(1, 'rock-1', { state: 'lost', heardMs: nowMs - 75_000 })]);
  const vitals = { ...farm.farm.vitals!, clockMs: nowMs };
  const board = boardOf({ ...farm, farm: { ...farm.farm, vitals } });
  const hereMs = nowMs + offMs;
  const monitor = new TestMonitor(null, { size: { columns: 160, rows: 20 } });
  monitor.happens({ type: 'FEED', nowMs: hereMs, feed: { board, heardMs: hereMs, trouble: null } });
  monitor.happens({ type: 'TICK', nowMs: hereMs + 3000 });
  const screen = monitor.screen.join('\n');
  expect(screen).toContain('lost: last heard 1m18s ago');
  expect(screen).toContain('heard 3s ago');
});
