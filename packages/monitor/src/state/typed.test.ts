import { expect, test } from 'vitest';
import { typedLine, typing } from './typed.ts';

const after = (text: string, ...keys: string[]) =>
  keys.reduce((typed, key) => typing(typed, key) ?? typed, typedLine(text)).text;

test('a line is edited as readline has it', () => {
  expect(after('', 'a', 'space', 'b')).toBe('a b');
  expect(after('abc', 'backspace')).toBe('ab');
  expect(after('abc', 'left', 'left', 'X')).toBe('aXbc');
  expect(after('abc', 'home', 'delete')).toBe('bc');
  expect(after('one two', 'ctrl-w')).toBe('one ');
  expect(after('one two', 'ctrl-u')).toBe('');
  expect(after('one two', 'home', 'ctrl-k')).toBe('');
  expect(after('ab', 'ctrl-a', 'right', 'x', 'ctrl-e', 'y')).toBe('axby');
});

test('characters of several code points are one', () => {
  expect(after('e\u0301👩‍💻', 'backspace')).toBe('e\u0301');
});

test('keys that are no characters type nothing', () => {
  expect(typing(typedLine('a'), 'f1')).toBeNull();
  expect(typing(typedLine('a'), '\x07')).toBeNull();
});
