import { expect, test } from 'vitest';
import { copySequence } from './copy.ts';

test('text is copied over OSC 52, through tmux and screen too', () => {
  expect(copySequence('six==1.0', {})).toBe('\x1b]52;c;c2l4PT0xLjA=\x07');
  expect(copySequence('a', { TMUX: '/tmp/tmux' })).toBe('\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\');
  expect(copySequence('a', { STY: '1.pts' })).toBe('\x1bP\x1b]52;c;YQ==\x07\x1b\\');
});
