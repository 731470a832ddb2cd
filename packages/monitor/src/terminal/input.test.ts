import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { keyNames } from './key-name.ts';
import { takeMouse } from './mouse.ts';
import { paletteOf } from './palette-of.ts';

const none = {} as Key;

test('keys have names, and a paste is as many of them', () => {
  expect(keyNames('', { ...none, upArrow: true })).toEqual(['up']);
  expect(keyNames('z', { ...none, ctrl: true })).toEqual(['ctrl-z']);
  expect(keyNames('', { ...none, tab: true, shift: true })).toEqual(['shift-tab']);
  expect(keyNames('a B', none)).toEqual(['a', 'space', 'B']);
  expect(keyNames('', { ...none, delete: true })).toEqual(['backspace']);
  expect(keyNames('x', { ...none, meta: true })).toEqual([]);
  expect(keyNames('\x15ab\r\x7f', none)).toEqual(['ctrl-u', 'a', 'b', 'enter', 'backspace']);
});

test('the mouse is taken out of what the terminal says', () => {
  expect(takeMouse('a\x1b[<0;5;3Mb\x1b[<0;5;3m\x1b[<65;1;1M')).toEqual({
    mice: [
      { kind: 'down', x: 4, y: 2 },
      { kind: 'wheel-down', x: 0, y: 0 },
    ],
    rest: 'ab',
  });
});

test('colours and characters are as the environment says', () => {
  const usual = { color: true, ascii: false };
  expect(paletteOf(usual, { LANG: 'en_GB.UTF-8', TERM: 'xterm' })).toEqual({ colours: true, ascii: false });
  expect(paletteOf(usual, { NO_COLOR: '1' }).colours).toBe(false);
  expect(paletteOf({ ...usual, color: false }, {}).colours).toBe(false);
  expect(paletteOf(usual, { LC_ALL: 'C' }).ascii).toBe(true);
});
