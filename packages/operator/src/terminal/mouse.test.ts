import { expect, test } from 'vitest';
import { mayHaveMouse, mouseOf } from './mouse.ts';

test('what the mouse did is told, and where', () => {
  expect(mouseOf('\x1b[<0;5;3M')).toEqual({ kind: 'down', x: 4, y: 2 });
  expect(mouseOf('\x1b[<65;1;1M')).toEqual({ kind: 'wheel-down', x: 0, y: 0 });
  for (const other of ['\x1b[<0;5;3m', '\x1b[<32;5;3M', '\x1b[A']) expect(mouseOf(other)).toBeNull();
});

test('in screen the mouse is not asked for', () => {
  expect(mayHaveMouse({ STY: '1.pts-0' })).toBe(false);
  expect(mayHaveMouse({ TERM: 'screen', TMUX: '/tmp/tmux' })).toBe(true);
});
