import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { keyNames } from './key-name.ts';
import { paletteOf } from './palette-of.ts';

const none = {} as Key;

test('keys have names, and what is typed fast is as many of them', () => {
  expect(keyNames('', { ...none, upArrow: true })).toEqual(['up']);
  expect(keyNames('z', { ...none, ctrl: true })).toEqual(['ctrl-z']);
  expect(keyNames('', { ...none, tab: true, shift: true })).toEqual(['shift-tab']);
  expect(keyNames('a B', none)).toEqual(['a', 'space', 'B']);
  expect(keyNames('', { ...none, delete: true })).toEqual(['delete']);
  expect(keyNames('\x15ab\r\x7f', none)).toEqual(['ctrl-u', 'a', 'b', 'enter', 'backspace']);
});

test('colours and characters are as the environment says', () => {
  const usual = { color: true };
  const xterm = { LANG: 'en_GB.UTF-8', TERM: 'xterm' };
  expect(paletteOf(usual, xterm)).toEqual({ colours: true, many: false, light: false, ascii: false });
  expect(paletteOf(usual, { TERM: 'screen-256color', COLORFGBG: '0;15' })).toMatchObject({ many: true, light: true });
  expect(paletteOf(usual, { TERM: 'xterm', COLORTERM: 'truecolor' }).many).toBe(true);
  for (const term of ['dumb', 'vt220', 'xterm-mono']) expect(paletteOf(usual, { TERM: term }).colours).toBe(false);
  expect(paletteOf(usual, { NO_COLOR: '1' }).colours).toBe(false);
  expect(paletteOf({ ...usual, color: false }, {}).colours).toBe(false);
  expect(paletteOf(usual, { LC_ALL: 'C' }).ascii).toBe(true);
  expect(paletteOf(usual, { ...xterm, TERM: 'linux' }).ascii).toBe(true);
  expect(paletteOf({ ...usual, ascii: false }, { LC_ALL: 'C' }).ascii).toBe(false);
});
