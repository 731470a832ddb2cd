import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type ShutdownRequest, type SignalSource, shutdownSignal } from './shutdown.ts';

/** A process that notes what it is killed with. */
function standIn() {
  const killed: unknown[] = [];
  const kill = (_pid: number, by?: string | number) => killed.push(by) > 0;
  const source = Object.assign(new EventEmitter(), { kill, pid: 1 });
  return { source: source as unknown as SignalSource & EventEmitter, killed };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s asks the program to stop', (name) => {
  const { source, killed } = standIn();
  const { signal } = shutdownSignal(source);
  source.emit(name, name);
  expect((signal.reason as ShutdownRequest).message).toBe(`stopped by ${name}`);
  expect(killed).toEqual([]);
});

test('a second signal ends the program as if nobody had listened', () => {
  const { source, killed } = standIn();
  let nowMs = 1_000;
  shutdownSignal(source, () => nowMs);
  source.emit('SIGINT', 'SIGINT');
  nowMs += 500;
  source.emit('SIGINT', 'SIGINT');
  expect(killed).toEqual(['SIGINT']);
  expect(source.listenerCount('SIGINT')).toBe(0);
});

test('what must not be left behind can be ended before a second signal ends the program', () => {
  const { source, killed } = standIn();
  let nowMs = 1_000;
  const { urgent } = shutdownSignal(source, () => nowMs);
  urgent.addEventListener('abort', () => killed.push('what it started'));
  source.emit('SIGTERM', 'SIGTERM');
  nowMs += 500;
  source.emit('SIGINT', 'SIGINT');
  expect(killed).toEqual(['what it started', 'SIGINT']);
});

test('a Ctrl-C that the terminal and npm both pass on is one', () => {
  const { source, killed } = standIn();
  let nowMs = 1_000;
  const { signal } = shutdownSignal(source, () => nowMs);
  source.emit('SIGINT', 'SIGINT');
  nowMs += 20;
  source.emit('SIGINT', 'SIGINT');
  expect(signal.aborted).toBe(true);
  expect(killed).toEqual([]);
});

test('nothing listens any more after dispose', () => {
  const { source } = standIn();
  shutdownSignal(source).dispose();
  expect(source.eventNames()).toEqual([]);
});
