import { farmWith, nowMs } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const target = 'cp311-linux_aarch64';
const pillow = { package: 'pillow', version: '2.0', target: null } as const;
const narrow = { size: { columns: 80, rows: 12 } };
const said = (monitor: TestMonitor) => monitor.screen.join(' ').replaceAll(/\s+/g, ' ');

/** The list of why a version isn't being built, with the first of its targets chosen. */
function why(text: string, size = narrow): TestMonitor {
  const version = { version: '2.0', releasedMs: null, asked: false, skipped: null, yanked: null, cells: [] };
  const known = { description: null, recipe: null, skipped: null, targets: [], versions: [version] };
  const reasons = ['cp313-linux_aarch64', target].map((at, nth) => ({
    ...{ subject: `pillow 2.0 ${at}`, kind: 'failed', text: nth === 0 ? 'short' : text, attempt: 7 + nth },
  }));
  return new TestMonitor(farmWith([]), size)
    .type(':package pillow')
    .press('enter')
    .answers('PACKAGE', { package: 'pillow' }, known)
    .press('enter')
    .answers('WHY', pillow, { reasons });
}

const long = 'It failed for want of a header that no package of the distribution has: then: piw-control retry pillow';

test('a reason that has no room in its row is told whole below, of the row that is chosen', () => {
  const monitor = why(long);
  expect(said(monitor)).not.toContain(long);
  expect(said(monitor.press('down'))).toContain(long);
  expect(monitor.chosen).toContain(target);
  expect(said(monitor.press('up'))).not.toContain(long);
});

test('a row stays in sight whatever room the reason below it takes', () => {
  const monitor = why(long.repeat(8), { size: { columns: 80, rows: 12 } }).press('down');
  expect(monitor.chosen).toContain(target);
});

test('a failed cell is retried, copied and led to its package from the list of why', () => {
  const monitor = why(long).press('down', 'R', 'y');
  expect(monitor.effects).toMatchObject([
    { do: 'order', given: [{ name: 'RETRY', ask: { package: 'pillow', version: '2.0', target } }] },
    { do: 'copy', text: 'pillow==2.0' },
  ]);
  expect(monitor.press('m').monitor.place).toEqual({ view: 'package', package: 'pillow' });
});

test('Enter on an order of the journal tells it whole, and Esc leads back', () => {
  const subject = 'rock-1, rock-2, rock-3, rock-4, rock-5, rock-6';
  const entry = { entry: 1, atMs: nowMs, who: 'ann@desk.example', order: 'ADD_TARGET', subject, text: long };
  const monitor = new TestMonitor(farmWith([]), narrow)
    .press('7')
    .answers('JOURNAL', { limit: 500, before: null }, { entries: [entry] });
  expect(said(monitor)).not.toContain(long);
  monitor.press('enter');
  expect(said(monitor)).toContain(subject);
  expect(said(monitor)).toContain(long);
  expect(monitor.line('add target')).toContain('ordered by ann@desk.example');
  expect(monitor.press('esc').monitor.place).toEqual({ view: 'journal' });
});
