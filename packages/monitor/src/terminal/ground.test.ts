import { expect, test } from 'vitest';
import { answersGround, groundOf, takeGround } from './ground.ts';

test.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;7', 'light'],
  ['12;8', 'dark'],
  ['default', null],
])('$COLORFGBG %s tells of a ground that is %s', (value, ground) => {
  expect(groundOf({ COLORFGBG: value })).toBe(ground);
});

test('what a terminal answers about its ground is taken out of what is typed', () => {
  expect(takeGround('a\x1b]11;rgb:ffff/ffff/dddd\x07b')).toEqual({ ground: 'light', rest: 'ab', begun: '' });
  expect(takeGround('\x1b]11;rgb:1e/1e/2e\x1b\\')).toEqual({ ground: 'dark', rest: '', begun: '' });
  expect(takeGround('\x1b]11;rgba:f/f/f/f\x07').ground).toBe('light');
});

test('another answer is no key either, and tells nothing of the ground', () => {
  expect(takeGround('\x1b]11;mauve\x07\x1b]4;1;rgb:0/0/0\x07q')).toEqual({ ground: null, rest: 'q', begun: '' });
});

test('of an answer that is cut no key is made: its beginning waits for the rest', () => {
  const whole = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
  for (let at = 2; at < whole.length; at += 1) {
    const first = takeGround(`x${whole.slice(0, at)}`);
    expect(first).toEqual({ ground: null, rest: 'x', begun: whole.slice(0, at) });
    expect(takeGround(`${first.begun}${whole.slice(at)}y`)).toEqual({ ground: 'light', rest: 'y', begun: '' });
  }
});

test('ESC, Alt with a bracket and what has no end in sight are keys', () => {
  expect(takeGround('\x1b')).toEqual({ ground: null, rest: '\x1b', begun: '' });
  expect(takeGround('\x1b]q').rest).toBe('\x1b]q');
  expect(takeGround(`\x1b]11;${'x'.repeat(200)}`).rest).toHaveLength(205);
});

test('consoles that would show the question are not asked', () => {
  expect(answersGround({ TERM: 'xterm-256color' })).toBe(true);
  expect(answersGround({ TERM: 'linux' })).toBe(false);
  expect(answersGround({ TERM: 'vt220' })).toBe(false);
  expect(answersGround({ TERM: 'xterm', COLORFGBG: '0;15' })).toBe(false);
});
