import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Build, Built, ToSlave } from '@piw/wire/slave-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginning, type Effect, type LocalEvent, type SessionEvent } from './session.ts';
import { step } from './step.ts';

const order = (attempt: number, n = 1): Build => ({
  n,
  attempt,
  package: packageName.parse('six'),
  version: version.parse('1.17.0'),
  target: { abi: 'cp311', platform: 'linux_aarch64' },
  recipe: {},
  limits: { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 },
  buildTag: null,
  indexUrl: null,
  farmIndexUrl: null,
  uploadedMs: null,
});
const built = (attempt: number): Built => ({
  attempt,
  outcome: 'success',
  reason: null,
  steps: [],
  logBytes: 0,
  files: [],
});

const from = (message: ToSlave): SessionEvent => ({ ...message, nowMs: 0 });
const welcome = (verdict: 'go-on' | 'forget' | null = null, n = 1, epoch = 1): SessionEvent =>
  from({ type: 'WELCOME', body: { n, slave: 1, epoch, logOffset: 0, verdict, watched: false } });
const build = (attempt: number, n = 1): SessionEvent => from({ type: 'BUILD', body: order(attempt, n) });
const ended = (attempt: number): LocalEvent => ({ type: 'ended', built: built(attempt) });
const done = (attempt: number): SessionEvent => from({ type: 'DONE', body: { attempt } });
const die = (when: 'now' | 'idle', restart = false): SessionEvent => from({ type: 'DIE', body: { when, restart } });
const send = (attempt: number): SessionEvent =>
  from({ type: 'SEND', body: { attempt, filename: 'six.whl', offset: 0, ticket: new Uint8Array(16) } });
const beat: LocalEvent = { type: 'beat', nowMs: 10_000 };
const connected: LocalEvent = { type: 'connected' };

/** Everything that is to be done. */
function effectsOf(events: readonly SessionEvent[]): Effect[] {
  let session = beginning;
  return events.flatMap((event) => {
    const [next, effects] = step(session, event);
    session = next;
    return effects;
  });
}

/** What is done, in words: `HELLO`, `build 7`, `cancel 7`. */
const play = (...events: SessionEvent[]): string[] =>
  effectsOf(events)
    .filter((effect) => effect.do !== 'tell')
    .map(inWords);

/** What the slave's owner is told. */
const told = (...events: SessionEvent[]): string[] =>
  effectsOf(events).flatMap((effect) => (effect.do === 'tell' ? [effect.text] : []));

function inWords(effect: Effect): string {
  if (effect.do === 'say') return effect.what;
  if (effect.do === 'build') return `build ${effect.order.attempt}`;
  if (effect.do === 'leave') return `leave ${effect.code}`;
  return 'attempt' in effect ? `${effect.do} ${effect.attempt}` : effect.do;
}

const after = (...events: SessionEvent[]): string[] => play(...events).slice(play(...events.slice(0, -1)).length);

test('a slave that is welcome builds what it is given, tells, sends and wants more', () => {
  expect(play(connected, welcome(), build(7), ended(7), send(7), done(7))).toEqual([
    ...['HELLO', 'READY', 'build 7', 'BUILT', 'send 7', 'forget 7', 'READY'],
  ]);
});

test('a slave whose HELLO or READY was lost says it again', () => {
  expect(after(connected, beat)).toEqual(['HELLO']);
  expect(after(connected, welcome(), beat)).toEqual(['ALIVE', 'READY']);
});

test('a welcome to an earlier HELLO changes nothing', () => {
  expect(after(connected, beat, welcome(null, 1))).toEqual([]);
});

test('a slave greets each connection at once, even after a refusal, and one question WHO no second time', () => {
  const refused = from({ type: 'REFUSED', body: { reason: 'the label belongs to another' } });
  expect(after(connected, welcome(), build(7), connected)).toEqual(['HELLO']);
  expect(after(connected, refused, connected)).toEqual(['HELLO']);
  expect(after(connected, from({ type: 'WHO', body: {} }))).toEqual([]);
});

test('a step of the build is told at once, to a master that knows the slave', () => {
  const reached: LocalEvent = { type: 'step', attempt: 7, step: 'fetch' };
  expect(after(connected, welcome(), build(7), reached)).toEqual(['ALIVE']);
  expect(after(connected, welcome(), build(7), connected, reached)).toEqual([]);
});

test('the owner hears once that the master is away, and that it is back', () => {
  expect(told(connected, welcome(), beat)).toEqual(['the master knows this slave']);
  expect(told(connected, welcome(), beat, beat, beat, beat).slice(1)).toEqual(['no answer from the master: trying on']);
  expect(told(beat, beat, beat, connected, welcome(null, 4))).toEqual([
    'no answer from the master: trying on',
    'the master knows this slave',
  ]);
});

test('a master that leaves two signs of life unanswered is greeted anew, and so is whoever else may be the active one', () => {
  const silent = [connected, welcome(), build(7), beat, beat];
  expect(after(...silent)).toEqual(['seek', 'HELLO']);
  expect(after(...silent, beat)).toEqual(['HELLO']);
  expect(after(...silent, welcome('go-on', 2, 2))).toEqual(['resume 7']);
});

test('a BUILT that nobody answered is said again, and no more once the master asks for files', () => {
  expect(after(connected, welcome(), build(7), ended(7), beat)).toEqual(['ALIVE', 'BUILT']);
  expect(after(connected, welcome(), build(7), ended(7), send(7), beat)).toEqual(['ALIVE']);
});

test('a slave goes on building under a new master, and shows what it has built', () => {
  const again = [connected, welcome(), build(7), from({ type: 'WHO', body: {} }), welcome('go-on', 2, 2)];
  expect(after(...again)).toEqual(['resume 7']);
  expect(after(...again.slice(0, 3), ended(7), ...again.slice(3))).toEqual(['resume 7', 'BUILT']);
});

test('a slave greets a master whose epoch has changed', () => {
  const heard = from({ type: 'HEARD', body: { epoch: 2, attempt: null, logOffset: 0, watched: false, paused: null } });
  expect(after(connected, welcome(), heard)).toEqual(['HELLO']);
});

test('a build that the master has given up is stopped, and its end told to nobody', () => {
  const given = [connected, welcome(), build(7), from({ type: 'WHO', body: {} }), welcome('forget', 2)];
  expect(after(...given)).toEqual(['cancel 7']);
  expect(after(...given, ended(7))).toEqual(['forget 7', 'READY']);
});

test('a cancelled build still ends with BUILT', () => {
  const cancel = from({ type: 'CANCEL', body: { attempt: 7, reason: 'skipped' } });
  expect(after(connected, welcome(), build(7), cancel)).toEqual(['cancel 7']);
  expect(after(connected, welcome(), build(7), cancel, ended(7))).toEqual(['BUILT']);
});

test('a slave told to die when idle finishes its build first', () => {
  expect(after(connected, welcome(), die('idle', true))).toEqual(['BYE', 'leave 75']);
  expect(after(connected, welcome(), build(7), die('idle'), ended(7), done(7))).toEqual(['forget 7', 'BYE', 'leave 0']);
  expect(after(connected, welcome(), build(7), die('idle'), ended(7), done(7), build(8))).toEqual([]);
});

test('a slave told to die now, or stopped, drops its build and says BYE', () => {
  expect(after(connected, welcome(), build(7), die('now'))).toEqual(['cancel 7', 'BYE', 'leave 0']);
  expect(after(connected, welcome(), { type: 'stop' })).toEqual(['BYE', 'leave 0']);
});

test('a refused slave stays up and asks again after a minute', () => {
  const refused = from({ type: 'REFUSED', body: { reason: 'the label belongs to another' } });
  expect(after(connected, refused, beat)).toEqual([]);
  expect(after(connected, refused, { type: 'beat', nowMs: 60_000 })).toEqual(['HELLO']);
});

test('whatever comes late, twice or never, a slave builds one attempt at a time and each of them once', () => {
  const attempts = [1, 2, 3];
  const events = attempts.flatMap((attempt) => [build(attempt), done(attempt), send(attempt), ended(attempt)]);
  const any = fc.constantFrom<SessionEvent>(beat, welcome(), welcome('forget'), die('idle'), ...events);
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), (history) => {
      const started = new Set<number>();
      let [session] = step(beginning, connected);
      for (const event of history) {
        // A pipeline ends only where one runs.
        if (event.type === 'ended' && !['building', 'clearing'].includes(session.work.phase)) continue;
        const busy = session.work.phase !== 'idle';
        const [next, effects] = step(session, event);
        for (const effect of effects)
          if (effect.do === 'build') {
            expect(busy).toBe(false);
            expect(started).not.toContain(effect.order.attempt);
            started.add(effect.order.attempt);
          }
        session = next;
      }
      expect(session.begun).toBe(Math.max(0, ...started));
    }),
  );
});
