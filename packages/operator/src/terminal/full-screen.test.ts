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
  const untaken: (() => void)[] = [];
  let takes = true;
  const take = (): void => {
    takes = true;
    for (const done of untaken.splice(0)) done();
  };
  const write = (text: string, done: () => void): void => {
    written.push(text);
    if (takes) done();
    else untaken.push(done);
  };
  const out = { columns: 80, rows: 24, write };
  const keys: string[] = [];
  const heard = { keys: (bytes: string) => keys.push(bytes), paste: () => undefined };
  const mouse = withMouse && { mouse: () => undefined };
  const screen = new FullScreen({ in: input, out } as unknown as Terminal, { ...heard, ...mouse });
  screen.enter();
  const say = (bytes: string) => input.emit('data', Buffer.from(bytes));
  return { screen, written, out, input, say, keys, hold: () => (takes = false), take };
}

test('the keyboard is heard once somebody wants it, and no more when the terminal is left', () => {
  const { screen, input, say, keys } = openScreen();
  expect(input.listenerCount('data')).toBe(0);
  screen.hear();
  say('ab\x1b[A');
  say('c');
  expect(keys).toEqual(['ab', '\x1b[A', 'c']);
  screen.leave();
  expect(input.listenerCount('data')).toBe(0);
  screen.enter();
  say('d');
  expect(keys.at(-1)).toBe('d');
  screen.leave();
});

test('half a sequence is forgotten with the terminal', () => {
  const { screen, say, keys } = openScreen();
  screen.hear();
  say('\x1b[200~');
  screen.leave();
  screen.enter();
  say('q');
  expect(keys).toEqual(['q']);
  screen.leave();
});

test('the size that a terminal got while another program had it is known before it is painted', () => {
  const { screen, written, out } = openScreen();
  screen.draw(['wide']);
  screen.leave();
  written.length = 0;
  Object.assign(out, {
    _refreshSize: () => {
      screen.resized();
      screen.draw(['narrow']);
    },
  });
  screen.enter();
  expect(written.join('')).toContain('narrow');
  expect(written.join('')).not.toContain('wide');
  screen.leave();
});

test('pastes are told apart from keys as long as the screen is ours', () => {
  const { screen, written } = openScreen();
  expect(written[0]).toContain('\x1b[?2004h');
  screen.leave();
  expect(written.at(-1)).toContain('\x1b[?2004l');
});

test('a terminal that takes nothing is given one picture at most, and the latest when it takes again', () => {
  const { screen, written, hold, take } = openScreen();
  screen.draw(['first']);
  hold();
  screen.draw(['second']);
  written.length = 0;
  for (let nth = 0; nth < 100; nth += 1) screen.draw([`picture ${nth}`]);
  expect(written).toEqual([]);
  take();
  expect(written).toEqual(['\x1b[?2026h\x1b[1;1H\x1b[Kpicture 99\x1b[0m\x1b[?2026l']);
  screen.leave();
});

test('whether the terminal took all of it is known within the time that is given', async () => {
  const { screen, hold, take } = openScreen();
  expect(await screen.isTaken(10_000)).toBe(true);
  hold();
  screen.leave();
  expect(await screen.isTaken(1)).toBe(false);
  const taken = screen.isTaken(10_000);
  take();
  expect(await taken).toBe(true);
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
  expect(written).toEqual(['\x1b[?2026h\x1b[2J\x1b[?2026l']);
  screen.draw(['x'.repeat(70), 'the same']);
  expect(written.at(-1)).toContain('the same');
  screen.leave();
  expect(written.at(-1)).toContain('\x1b[?7h');
});

test('the mouse is asked for only where somebody hears of it', () => {
  const withMouse = openScreen(true);
  const without = openScreen(false);
  expect(withMouse.written[0]).toContain('\x1b[?1000h');
  expect(without.written[0]).not.toContain('\x1b[?1000h');
  withMouse.screen.leave();
  without.screen.leave();
});

test('a terminal that does not tell how large it is gets its picture all the same', () => {
  const { screen, written, out } = openScreen();
  [out.columns, out.rows] = [0, 0];
  screen.draw(['first']);
  expect(written.at(-1)).toContain('first');
  screen.leave();
});
