import { openLog } from '@piw/host/log';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { expect, test } from 'vitest';
import { openBulletin } from '../bulletin.ts';
import { usualPeriods } from '../options.ts';
import { EndsBySlave, RecentEnds } from './recent-ends.ts';
import type { SessionEvent } from './session.ts';
import { type Household, Sessions } from './sessions.ts';
import { Slave } from './slave.ts';
import { vitals } from './testing/slave-model.ts';

const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };
const hello = {
  ...{ n: 1, instance: '1', protocols: [1], software: '1', owner: 'rock', label: 'rock', host: 'den', targets: [] },
  ...{ capabilities: {}, limits, holds: null, vitals },
};
const met: SessionEvent = {
  type: 'MET',
  ...{ n: 1, instance: '1', holds: null, leased: null, logBytes: 0, pause: null, quarantine: null },
};
const pause = { by: 'ada', sinceMs: 0, why: 'moving house' };

/** Sessions with one slave that was met a while ago, a clock to turn, and what is shown from then on. */
function begin() {
  let nowMs = 1000;
  const bulletin = openBulletin();
  const shown: SlavePicture[] = [];
  bulletin.on('slave', (picture) => shown.push(picture));
  const premises = {
    ...{ bulletin, now: () => nowMs, disk: { pause: null }, options: { periods: usualPeriods }, epoch: 1 },
    log: openLog({ console: { write: () => undefined }, level: 'error' }).logger,
  };
  const household = {
    premises,
    logs: { length: () => 0 },
    recentEnds: new EndsBySlave([]),
    send: () => undefined,
    letIn: () => true,
  };
  const sessions = new Sessions(household as unknown as Household);
  const slave = new Slave('a', hello, { slaveId: 1, targetIds: [], needIds: [] }, nowMs, new RecentEnds());
  sessions.registry.seat(slave, 'a');
  sessions.deliver(slave, met);
  nowMs += 1000;
  shown.splice(0);
  return { sessions, slave, shown, states: () => shown.map(({ state }) => state) };
}

test('a change of a slave is shown at once', () => {
  const { sessions, slave, states } = begin();
  sessions.deliver(slave, { type: 'PAUSED', pause });
  expect(states()).toEqual(['paused']);
});

test('a slave that changes again and again is shown as it is a moment later', async () => {
  const { sessions, slave, states, shown } = begin();
  sessions.deliver(slave, { type: 'PAUSED', pause });
  sessions.deliver(slave, { type: 'RESUMED' });
  sessions.deliver(slave, { type: 'PAUSED', pause: { ...pause, why: 'still moving' } });
  expect(states()).toEqual(['paused']);
  await expect.poll(states).toEqual(['paused', 'paused']);
  expect(shown[1]?.why).toBe('still moving');
});

test('what would be shown a moment later is shown at once to who asks', () => {
  const { sessions, slave, states } = begin();
  sessions.deliver(slave, { type: 'PAUSED', pause });
  sessions.deliver(slave, { type: 'RESUMED' });
  sessions.showAll();
  expect(states()).toEqual(['paused', 'idle']);
});

test('a slave that is off the board is shown no more', () => {
  const { sessions, slave, states } = begin();
  sessions.deliver(slave, { type: 'PAUSED', pause });
  sessions.deliver(slave, { type: 'RESUMED' });
  sessions.registry.remove(slave);
  sessions.showAll();
  expect(states()).toEqual(['paused']);
});
