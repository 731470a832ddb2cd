import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { FullScreen, type Terminal } from './full-screen.ts';

function openScreen(withMouse = true) {
  const input = Object.assign(new EventEmitter(), {
    setRawMode: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  const written: string[] = [];
  const out = { columns: 80, rows: 24, write: (text: string) => written.push(text) };
  const grounds: string[] = [];
  const heard = { mouse: () => undefined, ground: (ground: string) => grounds.push(ground) };
  const screen = new FullScreen({ in: input, out } as unknown as Terminal, heard, withMouse);
  screen.enter();
  const keys = (): string => (screen.stdin.read() as Buffer | null)?.toString() ?? '';
  return {
    screen,
    say: (bytes: Buffer | string) => input.emit('data', Buffer.from(bytes)),
    keys,
    grounds,
    written,
    out,
  };
}

test('a terminal is asked about its ground, and of the answer no key is made, wherever it is cut', () => {
  const answer = '\x1b]11;rgb:ffff/ffff/ffff\x07';
  for (let at = 1; at < answer.length; at += 1) {
    const { screen, say, keys, grounds, written } = openScreen();
    screen.askGround();
    expect(written.at(-1)).toBe('\x1b]11;?\x07');
    say(answer.slice(0, at));
    say(`${answer.slice(at)}j`);
    expect(grounds).toEqual(['light']);
    expect(keys()).toMatch(/^\x1b?j$/);
    screen.leave();
  }
});

test('a line is erased before it is written, so that its last character stays where it fills the terminal', () => {
  const { screen, written } = openScreen();
  screen.draw(['x'.repeat(80), 'short']);
  expect(written.at(-1)).toBe(
    `\x1b[?2026h\x1b[1;1H\x1b[K${'x'.repeat(80)}\x1b[0m\x1b[2;1H\x1b[Kshort\x1b[0m\x1b[?2026l`,
  );
  screen.leave();
});

test('a terminal that becomes narrower is cleared, and gets nothing more of what was laid out for the wider one', () => {
  const { screen, written, out } = openScreen();
  expect(written[0]).toContain('\x1b[?7l');
  screen.draw(['x'.repeat(80), 'the same']);
  out.columns = 70;
  written.length = 0;
  screen.resized();
  expect(written).toEqual(['\x1b[2J']);
  screen.draw(['x'.repeat(70), 'the same']);
  expect(written.at(-1)).toContain('the same');
  screen.leave();
  expect(written.at(-1)).toContain('\x1b[?7h');
});

test('the mouse is asked for only where it is wanted', () => {
  const withMouse = openScreen(true);
  const without = openScreen(false);
  expect(withMouse.written[0]).toContain('\x1b[?1000h');
  expect(without.written[0]).not.toContain('\x1b[?1000h');
  withMouse.screen.leave();
  without.screen.leave();
});

test('a character whose bytes come apart is one key', () => {
  const { screen, say, keys } = openScreen();
  const bytes = Buffer.from('é');
  say(bytes.subarray(0, 1));
  say(bytes.subarray(1));
  expect(keys()).toBe('é');
  screen.leave();
});
