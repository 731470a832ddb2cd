import { expect, test } from 'vitest';
import type { SessionEvent } from './session.ts';
import { step } from './step.ts';
import { events as e, orderOf, play, taskOf, times, wheel } from './testing/conversation.ts';

const killed = { kind: 'killed', why: 'tests', sinceMs: 1_000_000 } as const;
const kill: SessionEvent = { type: 'CANCELLED', attempt: 7, cancel: killed };
const toBuilding = play([e.met, e.ready, e.given, e.aliveBuilding]).session;
const toCollecting = play([e.built], toBuilding).session;

/** What is said and done about these, after what came before. */
const after = (from: typeof toBuilding, ...happened: SessionEvent[]) => play(happened, from).told;
const minutes = 60_000;

test('a slave that builds a wheel is welcomed, given the build, asked for the file, and let go', () => {
  const { told } = play([e.met, e.ready, e.given, e.aliveBuilding, e.built, e.received, e.ended]);
  expect(told).toEqual(['welcome', 'wait', 'BUILD', 'hear', 'receive', 'end: success', 'DONE']);
});

test('a failed build is ended without asking for a file', () => {
  expect(after(toBuilding, e.failed, e.ended)).toEqual(['end: failure', 'DONE']);
});

test('whoever speaks before HELLO is asked who it is', () => {
  expect(play([e.ready, e.aliveBuilding, e.built]).told).toEqual(['WHO', 'WHO', 'WHO']);
});

test('a build that the slave has not heard of is ordered again at each sign of life', () => {
  const { told } = play([e.met, e.ready, e.given, e.aliveIdle, e.ready, e.aliveBuilding, e.aliveIdle]);
  expect(told).toEqual(['welcome', 'wait', 'BUILD', 'hear', 'BUILD', 'BUILD', 'hear', 'hear']);
});

test('a slave that says HELLO again before it heard of its build is given it again, under the new number', () => {
  const { effects } = play([
    e.met,
    e.ready,
    e.given,
    { type: 'HELLO', n: 2, instance: 'one' },
    { ...e.met, n: 2, leased: taskOf() },
  ]);
  expect(effects.at(-1)).toEqual({ do: 'say', message: { type: 'BUILD', body: { ...orderOf(taskOf()), n: 2 } } });
});

test('a HELLO takes back READY, so that work which comes in between goes back to the queue uncounted', () => {
  const hello: SessionEvent = { type: 'HELLO', n: 2, instance: 'one' };
  expect(play([e.met, e.ready, hello, e.given]).told).toEqual(['welcome', 'wait', 'end: cancelled']);
});

test('an old HELLO of the same instance changes nothing, and its WELCOME is repeated', () => {
  expect(after(toBuilding, { type: 'HELLO', n: 1, instance: 'one' }, e.met)).toEqual(['welcome']);
  expect(after(toBuilding, { ...e.met, n: 0 })).toEqual([]);
});

test('after a restart of the master a build goes on where its slave is', () => {
  const held: SessionEvent = { ...e.met, holds: { attempt: 7, phase: 'building' }, leased: taskOf() };
  const { effects, session } = play([held]);
  expect(effects).toEqual([{ do: 'welcome', n: 1, verdict: 'go-on', attempt: 7 }]);
  expect(play([e.built, e.received, e.ended], session).told).toEqual(['receive', 'end: success', 'DONE']);
});

test('an attempt that is not its own any more is forgotten by a slave that names it', () => {
  const { effects } = play([{ ...e.met, holds: { attempt: 3, phase: 'built' } }]);
  expect(effects).toEqual([{ do: 'welcome', n: 1, verdict: 'forget', attempt: 3 }]);
});

test('a new instance that does not name the build has lost it', () => {
  expect(after(toBuilding, { ...e.met, n: 0, instance: 'two', leased: taskOf() })).toEqual(['end: lost', 'welcome']);
});

test('a new instance whose lease is older than this master has lost it', () => {
  expect(play([{ ...e.met, leased: taskOf() }]).told).toEqual(['end: lost', 'welcome']);
});

test('files that are on their way are of no use once their slave has restarted without them', () => {
  const restarted: SessionEvent = { ...e.met, n: 0, instance: 'two', leased: taskOf() };
  expect(after(toCollecting, restarted)).toEqual(['abandon', 'end: lost', 'welcome']);
});

test('an attempt that is being ended ends once, even if its slave restarts', () => {
  const restarted: SessionEvent = { ...e.met, n: 0, instance: 'two', leased: taskOf() };
  expect(after(toCollecting, e.received, restarted, e.ready, e.ended)).toEqual([
    'end: success',
    'welcome',
    'wait',
    'wait',
  ]);
});

test('a slave that says BYE frees its build at once, uncounted', () => {
  expect(after(toBuilding, { type: 'BYE' })).toEqual(['end: cancelled']);
  expect(after(toCollecting, { type: 'BYE' })).toEqual(['abandon', 'end: cancelled']);
});

test('a build whose lease ran out has ended already, and its slave is asked who it is', () => {
  expect(after(toBuilding, { type: 'LOST', attempt: 7 }, e.aliveBuilding)).toEqual(['WHO']);
  expect(after(toCollecting, { type: 'LOST', attempt: 7 })).toEqual(['abandon']);
  expect(after(toBuilding, { type: 'LOST', attempt: 3 }, e.aliveBuilding)).toEqual(['hear']);
});

test('a killed build is cancelled until its slave says BUILT, and ends cancelled whatever came of it', () => {
  expect(after(toBuilding, kill, e.aliveBuilding, e.built, e.ended)).toEqual([
    'CANCEL',
    'hear',
    'CANCEL',
    'end: cancelled',
    'DONE',
  ]);
});

test('a skipped build ends skipped', () => {
  expect(after(toBuilding, { ...kill, cancel: { ...killed, kind: 'skipped' } }, e.built)).toEqual([
    'CANCEL',
    'end: skipped',
  ]);
});

test('a killed build that its slave does not stop in time is ended without it', () => {
  const { session } = play([kill], toBuilding);
  expect(play([{ type: 'TICK' }], session, 19_000).told).toEqual([]);
  expect(play([{ type: 'TICK' }, e.aliveBuilding, e.built], session, 21_000).told).toEqual([
    'end: cancelled',
    'CANCEL',
    'hear',
    'DONE',
  ]);
});

test('a killed build that its slave never heard of is not ordered again', () => {
  expect(play([e.met, e.ready, e.given, kill, e.aliveIdle, e.ready]).told.slice(2)).toEqual([
    'BUILD',
    'CANCEL',
    'hear',
    'CANCEL',
    'CANCEL',
  ]);
});

test('a kill while the files are on their way makes them unwanted', () => {
  expect(after(toCollecting, kill)).toEqual(['abandon', 'end: cancelled']);
});

test('a build past its limit and the grace is cancelled, and ends as a timeout', () => {
  expect(play([{ type: 'TICK' }], toBuilding, 59 * minutes).told).toEqual([]);
  expect(play([{ type: 'TICK' }, e.failed], toBuilding, 60 * minutes).told).toEqual(['CANCEL', 'end: timeout']);
});

test('a success without a wheel is rejected', () => {
  const built: SessionEvent = { type: 'BUILT', built: { ...e.built.built, files: [] } };
  const reason = { kind: 'unsound-wheel', text: 'It says success and has no wheel.' };
  expect(play([built], toBuilding).effects).toMatchObject([{ do: 'end', ending: { outcome: 'rejected', reason } }]);
});

test('a slave that stops a build without being told to is given it again later, and blamed for it', () => {
  const built: SessionEvent = { type: 'BUILT', built: { ...e.built.built, outcome: 'cancelled', files: [] } };
  const reason = { kind: 'slave-left', text: 'Its slave stopped it without being told to.' };
  expect(play([built], toBuilding).effects).toMatchObject([{ do: 'end', ending: { outcome: 'transient', reason } }]);
});

test('an unsound file makes the build rejected', () => {
  const received = { faults: ['RECORD lies about numpy/__init__.py'] };
  const { effects } = play([{ ...e.received, received }], toCollecting);
  expect(effects).toMatchObject([
    { do: 'abandon' },
    { do: 'end', ending: { outcome: 'rejected', reason: { kind: 'unsound-wheel' } } },
  ]);
});

test('a file that does not arrive makes the build transient', () => {
  expect(after(toCollecting, { ...e.received, received: { broken: 'another SHA-256' } })).toEqual([
    'abandon',
    'end: transient',
  ]);
});

test('a build of two files is ended when both are here', () => {
  const second = { ...wheel, filename: 'numpy-2.0-py3-none-any.whl' };
  const built: SessionEvent = { type: 'BUILT', built: { ...e.built.built, files: [wheel, second] } };
  const other: SessionEvent = { ...e.received, filename: second.filename };
  expect(after(toBuilding, built, other, e.received, e.received, other)).toEqual([
    'receive',
    'receive',
    'end: success',
  ]);
});

test('a build is ended when its whole log is here, or when the log stopped growing', () => {
  const failed: SessionEvent = { type: 'BUILT', built: { ...e.failed.built, logBytes: 100 } };
  const { session, told } = play([failed, { type: 'LOGGED', attempt: 7, logBytes: 60 }], toBuilding);
  expect(told).toEqual(['hear']);
  expect(after(session, { type: 'LOGGED', attempt: 7, logBytes: 100 })).toEqual(['hear', 'end: failure']);
  expect(play([{ type: 'TICK' }], session, 29_000).told).toEqual([]);
  expect(play([{ type: 'TICK' }], session, 30_000).told).toEqual(['end: failure']);
});

test('a log that has no room on the disk is waited for until there is some', () => {
  const failed: SessionEvent = { type: 'BUILT', built: { ...e.failed.built, logBytes: 100 } };
  const { session } = play([failed], toBuilding);
  const full = { ...times, nowMs: times.nowMs + 90_000, logPatienceMs: Infinity };
  const [waiting, effects] = step(session, { type: 'TICK' }, full);
  expect(effects).toEqual([]);
  expect(play([{ type: 'TICK' }], waiting, 91_000).told).toEqual([]);
  expect(play([{ type: 'TICK' }], waiting, 120_000).told).toEqual(['end: failure']);
});

test('the log of another attempt is not kept', () => {
  const log = { type: 'LOG', attempt: 3, offset: 0, bytes: new Uint8Array(1) } as const;
  expect(after(toBuilding, log, { ...log, attempt: 7 })).toEqual(['CANCEL', 'append']);
});

test('a BUILT that was lost is asked for', () => {
  expect(after(toBuilding, e.aliveBuilt)).toEqual(['hear', 'WHO']);
});

test('a repeated BUILT, RECEIVED or ENDED does nothing', () => {
  expect(after(toBuilding, e.built, e.built, e.received, e.received, e.ended, e.ended)).toEqual([
    'receive',
    'end: success',
    'DONE',
  ]);
});

test('DONE is repeated until the slave has forgotten the attempt', () => {
  expect(after(toCollecting, e.received, e.ended, e.aliveBuilt, e.built, e.ready, e.aliveBuilt)).toEqual([
    'end: success',
    'DONE',
    'DONE',
    'hear',
    'DONE',
    'wait',
    'DONE',
    'hear',
  ]);
});

test('a paused slave finishes its build and is given no other', () => {
  const pause: SessionEvent = { type: 'PAUSED', pause: { by: 'ann', sinceMs: 0, why: 'new disk' } };
  expect(after(toBuilding, pause, e.failed, e.ended, e.ready, e.given)).toEqual([
    'end: failure',
    'DONE',
    'wait',
    'end: cancelled',
  ]);
  expect(after(toBuilding, pause, e.failed, e.ended, e.ready, { type: 'RESUMED' }, e.given)).toEqual([
    'end: failure',
    'DONE',
    'wait',
    'wait',
    'BUILD',
  ]);
});

test('a slave that is to leave hears DIE at each sign of life, until it is another instance', () => {
  const leave: SessionEvent = { type: 'LEAVE', leaving: { when: 'idle', restart: true } };
  expect(after(toBuilding, leave, e.aliveBuilding, e.failed, e.ended, e.ready)).toEqual([
    'DIE',
    'hear',
    'DIE',
    'end: failure',
    'DONE',
    'wait',
    'DIE',
  ]);
  expect(after(toBuilding, leave, { ...e.met, instance: 'two' }, e.aliveIdle)).toEqual(['DIE', 'welcome', 'hear']);
});

test('an idle slave that falls silent is lost, and asked who it is when it speaks again', () => {
  const { told, session } = play([e.met, e.ready, { type: 'SILENT' }, e.aliveIdle]);
  expect(told).toEqual(['welcome', 'wait', 'WHO']);
  expect(session.state).toEqual({ phase: 'absent', how: 'lost' });
});
