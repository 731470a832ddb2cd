import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { colours } from '../pixels/colour.ts';
import { draw } from '../pixels/picture.ts';
import { openEmulator, type Terminal } from './emulator.ts';

afterEach(() => void vi.useRealTimers());

/** An emulator in a terminal of which a test has both ends; each thing that it tells becomes a word. */
function openTerminal() {
  const input = Object.assign(new EventEmitter(), {
    setRawMode: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  const state = { written: '', takes: true };
  const write = (text: string, done: () => void): void => {
    state.written += text;
    if (state.takes) done();
  };
  const out = Object.assign(new EventEmitter(), { columns: 80, rows: 24, write });
  const told: string[] = [];
  const hat = openEmulator({ in: input, out, depth: 'true' } as unknown as Terminal, {
    onKey: (key) => told.push(key),
    onLeave: () => told.push('leave'),
    onTold: (text) => told.push(text),
    onLost: (error) => told.push(error.message),
  });
  const say = (...parts: string[]): string[] => {
    for (const part of parts) input.emit('data', Buffer.from(part));
    return told.splice(0);
  };
  return { hat, state, out, input, say };
}

test('arrow keys are heard in both ways that terminals send them, and letters beside them', async () => {
  const { hat, say } = openTerminal();
  expect(say('\x1b[A\x1bOBjl \r\nq')).toEqual(['up', 'down', 'down', 'right', 'in', 'in', 'in', 'leave']);
  expect(say('\x03\x04')).toEqual(['leave', 'leave']);
  await hat.close();
});

test('what a terminal sends besides keys does nothing: no letter of it is a key, however it is cut', async () => {
  const { hat, say } = openTerminal();
  for (const sent of ['\x1b[1;5A', '\x1b[?62;22h', '\x1b[3~', '\x1b[<0;10;10M', '\x1b]11;rgb:0/0/0\x07', '\x1bOl', 'x'])
    for (let at = 1; at <= sent.length; at += 1) expect(say(sent.slice(0, at), sent.slice(at))).toEqual([]);
  expect(say('\x1b', '[', 'A')).toEqual(['up']);
  await hat.close();
});

test('what is pasted is no keys', async () => {
  const { hat, state, say } = openTerminal();
  expect(state.written).toContain('\x1b[?2004h');
  expect(say('\x1b[200~jl\rq', '\x1b[B\x1b[201~', 'k')).toEqual(['up']);
  await hat.close();
  expect(state.written).toContain('\x1b[?2004l');
});

test('the picture is drawn anew in a terminal that has another size', async () => {
  const { hat, state, out } = openTerminal();
  hat.show(
    draw(() => colours.white),
    { caption: 'rock-1: idle', keys: '' },
  );
  state.written = '';
  out.columns = 20;
  out.emit('resize');
  expect(state.written).toMatch(/\x1b\[2J[^]*rock-1: idle/);
  await hat.close();
});

test('let go of, it has given the terminal back and hears it no more; one that takes nothing is waited for a second', async () => {
  vi.useFakeTimers();
  const taking = openTerminal();
  expect(await taking.hat.close()).toBe(true);
  expect(taking.say('k')).toEqual([]);
  const stuck = openTerminal();
  stuck.state.takes = false;
  const closed = stuck.hat.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await closed).toBe(false);
  expect([stuck.input.listenerCount('data'), stuck.out.listenerCount('resize')]).toEqual([0, 0]);
});
