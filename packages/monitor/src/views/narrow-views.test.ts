import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const open = (columns: number, rows = 24) =>
  new TestMonitor(farmWith([slaveLike(1, 'rock-1')]), { size: { columns, rows } });

test.each([80, 120])('the journal tells in %i columns when it was, who it was and what they ordered', (columns) => {
  const entries = [{ entry: 1, atMs: nowMs, who: 'pi', order: 'UNPREFER_TARGET', subject: 'rock-1', text: 'done' }];
  const monitor = open(columns).press('7').answers('JOURNAL', { limit: 500, before: null }, { entries });
  expect(monitor.line('WHO')).toMatch(/AT +WHO +ORDER +ON +WHAT CAME OF IT/);
  expect(monitor.line('rock-1')).toMatch(/\d\d-\d\d \d\d:\d\d.* pi +unprefer target +rock-1 +done/);
});

test.each([60, 80, 120])('the help cuts nothing in %i columns', (columns) => {
  const monitor = open(columns, 200).press('?');
  expect(monitor.screen.filter((line) => line.endsWith('…'))).toEqual([]);
  expect(monitor.screen.join(' ').replaceAll(/ +/g, ' ')).toContain(
    'to the cell, the columns or the part of a log at the right',
  );
});

test('the foot of the help says how it is closed, and how it goes on where it does', () => {
  expect(open(80).press('?').screen.at(-1)).toMatch(/esc back.*pagedown goes on|pagedown goes on.*esc back/);
  expect(open(80, 200).press('?').screen.at(-1)).not.toContain('goes on');
  expect(open(80).screen.at(-1)).not.toContain('esc back');
});

test('the package view says by which key a package is shown', () => {
  expect(open(80).press('5').line(':package NAME')).toContain('m on what was built, failed or waits');
});
