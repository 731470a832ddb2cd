import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { emptyLog, logWith } from './log-text.ts';

const reading = (text: string) =>
  new TestMonitor(farmWith([slaveLike(1, 'rock-1')]), { size: { columns: 40, rows: 20 } })
    .press('down', 'enter')
    .happens({ type: 'LOG', log: logWith(emptyLog(1), { text, bytes: text.length, ended: true }, 0) });
const last = (monitor: TestMonitor) => monitor.screen.findLast((line, nth) => line !== '' && nth < 19);
const long = `${'a'.repeat(20)}${'b'.repeat(20)}${'c'.repeat(15)}`;

test('right shows more of long lines by half a screen, as far as one goes on, and left goes back', () => {
  const monitor = reading(`${long}\n`).press('right');
  expect(last(monitor)).toBe(`${'b'.repeat(20)}${'c'.repeat(15)}`);
  expect(last(monitor.press('l'))).toBe(`${'b'.repeat(20)}${'c'.repeat(15)}`);
  expect(last(monitor.press('h', 'left'))).toMatch(/^a{20}b{19}…$/);
});

test('lines that are wrapped are not moved aside, whatever was before', () => {
  const monitor = reading(`${long}\n`).press('right', 'w');
  expect(monitor.line('aaab')).toBe(long.slice(0, 40));
  expect(monitor.press('right').line('aaab')).toBe(long.slice(0, 40));
});

test('wide characters are wrapped and moved by the columns that they take', () => {
  const monitor = reading(`${'工'.repeat(25)}\n`).press('w');
  expect(monitor.screen.filter((line) => line.includes('工'))).toEqual(['工'.repeat(20), '工'.repeat(5)]);
  expect(last(monitor.press('w', 'right'))).toBe('工'.repeat(15));
});

test('n and N go from match to match of what was searched for', () => {
  const text = Array.from({ length: 60 }, (_, n) => (n % 20 === 0 ? `match ${n}` : `line ${n}`)).join('\n');
  const monitor = reading(text).press('/').type('match').press('enter');
  const top = () => monitor.screen[monitor.screen.findIndex((line) => line.includes('log of attempt')) + 1];
  expect(top()).toBe('match 0');
  monitor.press('n');
  expect(top()).toBe('match 20');
  monitor.press('N');
  expect(top()).toBe('match 0');
});

test('T tells the times of lines that came as they were written, and none of those that were there already', () => {
  const early = logWith(emptyLog(1), { text: 'early\n', bytes: 6, ended: false }, null);
  const log = logWith(early, { text: 'live\n', bytes: 5, ended: false }, new Date(2024, 4, 1, 12, 30).getTime());
  const monitor = reading('').happens({ type: 'LOG', log }).press('T');
  expect(monitor.line('early')).toBe('         early');
  expect(monitor.line('live')).toBe('12:30:00 live');
});
