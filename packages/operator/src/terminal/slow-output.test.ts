import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SlowOutput } from './slow-output.ts';

let dir: string;
let fd: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'piw-slow-output-test-'));
  fd = openSync(join(dir, 'terminal'), 'w');
});
afterEach(() => {
  closeSync(fd);
  rmSync(dir, { recursive: true });
});

/** An output where so much still waits; what is written to its stream, and the calls that tell that it was taken. */
function openOutput(writableLength = 0) {
  const written: string[] = [];
  const taken: (() => void)[] = [];
  const write = (text: string, done: () => void): void => {
    written.push(text);
    taken.push(done);
  };
  const output = new SlowOutput({ fd, writableLength, write } as unknown as NodeJS.WriteStream & { fd: number });
  return { output, written, taken };
}

test('who waits until all is taken is called once, when the last of it is', () => {
  const { output, taken } = openOutput();
  let calls = 0;
  const call = (): unknown => (calls += 1);
  output.write('one');
  output.write('two');
  output.whenTaken(call);
  output.whenTaken(call);
  taken[0]!();
  expect([calls, output.isTaken]).toEqual([0, false]);
  taken[1]!();
  expect([calls, output.isTaken]).toEqual([1, true]);
  output.whenTaken(call);
  expect(calls).toBe(2);
});

test('the last words of a process go past what still waits, at once', () => {
  const { output, written } = openOutput(5);
  output.writeLast('the end');
  expect(written).toEqual([]);
  expect(readFileSync(join(dir, 'terminal'), 'utf8')).toBe('the end');
});

test('where nothing waits, the last words go as any other', () => {
  const { output, written } = openOutput();
  output.writeLast('the end');
  expect(written).toEqual(['the end']);
});

test('last words that nobody takes are given up within a second', () => {
  const { output } = openOutput(5);
  closeSync(fd);
  const since = performance.now();
  output.writeLast('the end');
  expect(performance.now() - since).toBeLessThan(1000);
  fd = openSync(join(dir, 'terminal'), 'w');
});
