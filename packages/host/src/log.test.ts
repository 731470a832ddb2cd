import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LogOptions, openLog } from './log.ts';

function open(options: Partial<LogOptions> & { isTTY?: boolean }) {
  const lines: string[] = [];
  const log = openLog({
    level: 'info',
    ...options,
    console: { isTTY: options.isTTY ?? false, write: (text) => lines.push(text) },
  });
  return { ...log, lines };
}

test('a line has time, level, room, text and fields', () => {
  const { logger, lines } = open({});
  logger.child({ name: 'drive-slaves' }).info({ label: 'rock-1', cpus: 4 }, 'a slave came');
  expect(lines.join('')).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d info {2}drive-slaves: a slave came {2}label=rock-1 cpus=4\n$/,
  );
});

test('what is below the level is not shown', () => {
  const { logger, lines } = open({ level: 'warn' });
  logger.info('quiet');
  logger.warn('loud');
  expect(lines).toEqual([expect.stringContaining('loud')]);
});

test('a warning is coloured on a terminal only', () => {
  const terminal = open({ isTTY: true });
  terminal.logger.warn('hot');
  expect(terminal.lines.join('')).toMatch(/^\x1b\[33m.*hot\x1b\[39m\n$/);
});

test("systemd's journal gets its own priorities and no second clock", () => {
  const { logger, lines } = open({ journal: true });
  logger.error('broken');
  expect(lines).toEqual(['<3>broken\n']);
});

test("a stranger's text can neither forge a line nor command the terminal", () => {
  const { logger, lines } = open({});
  logger.info({ label: 'x\x1b[2J\nforged' }, 'label\r\nforged \x1b]0;title\x07');
  expect(lines.join('').match(/[\x00-\x1f]/g)).toEqual(['\n']);
});

test('an error shows its message, and its stack at debug level only', () => {
  const usual = open({});
  usual.logger.error({ err: new Error('no route') }, 'could not send');
  expect(usual.lines.join('')).toMatch(/could not send: no route\n$/);
  const debugging = open({ level: 'debug' });
  debugging.logger.error({ err: new Error('no route') }, 'could not send');
  expect(debugging.lines.join('')).toMatch(/could not send: no route\nError: no route\n +at /);
});

test('a file has more than the quiet console, and what is for the file alone', () => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(dir, 'piw.log');
  const { logger, fileOnly, close, lines } = open({ level: 'error', file });
  logger.info('started');
  logger.debug('detail');
  fileOnly.error('told already');
  close();
  expect(lines).toEqual([]);
  expect(readFileSync(file, 'utf8')).toMatch(/^.* info {2}started\n.* error told already\n$/);
  logger.error('after the end'); // must not throw
  rmSync(dir, { recursive: true });
});
