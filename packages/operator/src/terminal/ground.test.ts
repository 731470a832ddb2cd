import { expect, test } from 'vitest';
import { answersGround, groundAnswered, groundOf } from './ground.ts';

test.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;7', 'light'],
  ['12;8', 'dark'],
  ['default', null],
])('$COLORFGBG %s tells of a ground that is %s', (value, ground) => {
  expect(groundOf({ COLORFGBG: value })).toBe(ground);
});

test.each([
  ['\x1b]11;rgb:ffff/ffff/dddd\x07', 'light'],
  ['\x1b]11;rgb:1e/1e/2e\x1b\\', 'dark'],
  ['\x1b]11;rgba:f/f/f/f\x07', 'light'],
  ['\x1b]11;mauve\x07', null],
  ['\x1b]4;1;rgb:0/0/0\x07', null],
])('the answer %j tells of a ground that is %s', (answer, ground) => {
  expect(groundAnswered(answer)).toBe(ground);
});

test('consoles that would show the question are not asked', () => {
  expect(answersGround({ TERM: 'xterm-256color' })).toBe(true);
  expect(answersGround({ TERM: 'linux' })).toBe(false);
  expect(answersGround({ TERM: 'vt220' })).toBe(false);
  expect(answersGround({ TERM: 'xterm', COLORFGBG: '0;15' })).toBe(false);
});
