import type { Hello } from '@piw/wire/slave-protocol';
import { expect, test } from 'vitest';
import { RecentEnds } from './recent-ends.ts';
import type { SessionEvent } from './session.ts';
import { Slave } from './slave.ts';
import { lastingPart, pictureOf } from './slave-picture.ts';
import { events as e, play, taskOf, times } from './testing/conversation.ts';
import { vitals } from './testing/slave-model.ts';

const hello = { label: 'rock-1', host: 'rock', software: '1', targets: [taskOf().target], vitals } as unknown as Hello;
const pause = { by: 'ann', sinceMs: 0, why: 'new disk' };

/** A picture of a slave to which these things happened. */
function after(...happened: Parameters<typeof play>[0]) {
  const slave = new Slave('peer', hello, { slaveId: 1, targetIds: [1], needIds: [1] }, times.nowMs, new RecentEnds());
  slave.session = play(happened).session;
  return slave;
}
const shown = (slave: Slave, farmPause: typeof pause | null = null) => pictureOf(slave, farmPause, times.nowMs);

test.each([
  ['idle', [e.met, e.ready]],
  ['building', [e.met, e.ready, e.given]],
  ['sending', [e.met, e.ready, e.given, e.built]],
  ['cleaning', [e.met, e.ready, e.given, e.built, e.received, e.ended]],
  ['paused', [e.met, { type: 'PAUSED', pause }]],
  ['draining', [e.met, { type: 'LEAVE', leaving: { when: 'idle', restart: false } }]],
  ['gone', [e.met, { type: 'BYE' }]],
  ['lost', [e.met, { type: 'SILENT' }]],
] as const)('a slave is shown as %s when it is', (state, happened) => {
  expect(shown(after(...happened)).state).toBe(state);
});

test('a slave that is gone is called back by the order to restart, until another instance of it comes', () => {
  const leave: SessionEvent = { type: 'LEAVE', leaving: { when: 'now', restart: false } };
  const restart: SessionEvent = { type: 'LEAVE', leaving: { when: 'idle', restart: true } };
  const killed: SessionEvent[] = [e.met, leave, { type: 'BYE' }];
  expect(shown(after(...killed))).toMatchObject({ state: 'gone', recalled: false, why: null });
  expect(play([...killed, restart]).told).toEqual(play(killed).told);
  expect(shown(after(...killed, restart))).toMatchObject({ state: 'gone', recalled: true, why: 'It is to come back.' });
  expect(shown(after(...killed, restart, leave)).recalled).toBe(true);
  expect(shown(after(...killed, restart, { ...e.met, instance: 'two' }))).toMatchObject({ recalled: false, why: null });
});

test('a slave that is to restart after its build is shown so while it builds', () => {
  const restart: SessionEvent = { type: 'LEAVE', leaving: { when: 'idle', restart: true } };
  const building = [e.met, e.ready, e.given] as const;
  expect(shown(after(...building)).recalled).toBe(false);
  expect(shown(after(...building, restart))).toMatchObject({ state: 'draining', recalled: true, why: 'It restarts.' });
});

test('a slave that works while the farm is paused works, and one that waits is paused with the reason', () => {
  expect(shown(after(e.met, e.ready, e.given), pause).state).toBe('building');
  expect(shown(after(e.met, e.ready), pause)).toMatchObject({ state: 'paused', why: 'new disk', paused: pause });
});

test('a sign of life alone is nothing to show', () => {
  const slave = after(e.met, e.ready, e.given);
  const before = lastingPart(shown(slave));
  Object.assign(slave, { heardMs: times.nowMs + 5, vitals: { ...vitals, load: 3 }, step: 'build' });
  expect(lastingPart(shown(slave))).toBe(before);
  expect(shown(slave).task).toMatchObject({ attempt: 7, package: 'numpy', step: 'build' });
});

test('what ended within the last hour is counted', () => {
  const slave = after(e.met);
  slave.recent.note(times.nowMs - 3_700_000, true);
  slave.recent.note(times.nowMs - 1000, true);
  slave.recent.note(times.nowMs, false);
  expect(shown(slave).lastHour).toEqual({ successes: 1, failures: 1 });
});

test('a slave is up for as long as it says, and another run of it anew', () => {
  const slave = after(e.met);
  expect(times.nowMs - shown(slave).upSinceMs).toBe(0);
  slave.noteInstance({ instance: 'the next', upMs: 5000 }, times.nowMs);
  expect(times.nowMs - shown(slave).upSinceMs).toBe(5000);
});
