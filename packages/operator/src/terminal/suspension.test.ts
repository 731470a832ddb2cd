import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Stoppable, Suspension } from './suspension.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate'] }));
afterEach(() => void vi.useRealTimers());

/** A process and its screen; what happens to them, in its order. */
function stage(onKill: (of: EventEmitter) => void) {
  const happened: string[] = [];
  const events = new EventEmitter();
  const kill = (whom: number, signal: string): true => {
    happened.push(`kill ${whom} ${signal} heard by ${events.listenerCount('SIGTSTP')}`);
    onKill(events);
    return true;
  };
  const screen = {
    isEntered: true,
    enter: () => void ((screen.isEntered = true), happened.push('enter')),
    leave: () => void ((screen.isEntered = false), happened.push('leave')),
    isTaken: () => Promise.resolve(true),
  };
  const on = Object.assign(events, { kill, pid: 77 }) as unknown as Stoppable;
  const suspension = new Suspension(screen, (trouble) => happened.push(trouble), on);
  return { suspension, screen, happened, events };
}

test('Ctrl-Z stops the whole group with the terminal given back, and takes it when somebody continues it', async () => {
  const { suspension, happened } = stage((of) => setTimeout(() => of.emit('SIGCONT'), 1));
  const done = suspension.suspend();
  await vi.runAllTimersAsync();
  await done;
  expect(happened).toEqual(['leave', 'kill 0 SIGTSTP heard by 0', 'enter']);
});

test('who cannot be stopped, because nobody could continue it, goes on and says so', async () => {
  const { suspension, happened, events } = stage(() => undefined);
  const done = suspension.suspend();
  await vi.runAllTimersAsync();
  await done;
  expect(happened.slice(0, 3)).toEqual(['leave', 'kill 0 SIGTSTP heard by 0', 'enter']);
  expect(happened[3]).toMatch(/^It cannot be suspended here/);
  expect(events.listenerCount('SIGTSTP')).toBe(1);
});

test('SIGTSTP from anybody gives the terminal back before it stops', async () => {
  const { happened, events } = stage((of) => setTimeout(() => of.emit('SIGCONT'), 1));
  events.emit('SIGTSTP');
  await vi.runAllTimersAsync();
  expect(happened).toEqual(['leave', 'kill 77 SIGTSTP heard by 0', 'enter']);
});

test('stopped without having been asked, it takes the terminal anew, whatever was done to it', () => {
  const { happened, events } = stage(() => undefined);
  events.emit('SIGCONT');
  expect(happened).toEqual(['leave', 'enter']);
});

test('a terminal that another program has is left alone', async () => {
  const { suspension, screen, happened, events } = stage(() => undefined);
  screen.isEntered = false;
  events.emit('SIGCONT');
  await suspension.suspend();
  expect(happened).toEqual([]);
});

test('who has ended hears no more of it', async () => {
  const { suspension, happened, events } = stage(() => undefined);
  const done = suspension.suspend();
  suspension.close();
  await vi.runAllTimersAsync();
  await done;
  expect(happened).not.toContain('enter');
  expect(events.listenerCount('SIGTSTP') + events.listenerCount('SIGCONT')).toBe(0);
});
