import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { widthOf } from '../text/width.ts';

const labels = [
  'rock-1',
  '工房の板-1',
  'e\u0301'.repeat(40),
  'שרת-1',
  'a\u202egnp.exe',
  'x\x1b[31my\nz',
  '👩\u200d💻'.repeat(9),
];
const slaves = labels.map((label, nth) => slaveLike(nth + 1, label, { why: `nothing for ${label}` }));
const attention = [
  {
    ...{
      id: 1,
      kind: 'slave-quarantined',
      subject: '工房の板-1',
      text: '工房の板-1 is quarantined.',
      remedy: 'Lift it.',
    },
    ...{ raisedMs: 1, clearedMs: null },
  },
];
const monitor = (columns: number, rows = 24) =>
  new TestMonitor(farmWith(slaves, { attention }), { size: { columns, rows } });

test.each([80, 120, 250])(
  'at %i columns nothing is wider than the screen, and columns stand below their heads',
  (columns) => {
    const { screen } = monitor(columns).press('down', 'space', 'b');
    for (const line of screen) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const head = screen.find((line) => line.includes('LABEL'))!;
    const end = widthOf(head.slice(0, head.indexOf(' ✗1H') + 4));
    const rows = screen.filter((line) => /^[> ][* ]○/.test(line));
    expect(rows.map(widthOf)).toEqual(labels.map(() => end));
  },
);

test('nothing that a slave is called turns round, joins or breaks a line', () => {
  const text = monitor(120).screen.join('');
  expect(text).not.toMatch(/[\x00-\x1f\u200b-\u200f\u202a-\u202e]/);
  expect(text).toContain('x [31my z');
});

test('where it is narrow views keep their numbers, the help its hint, and the header what is well or not', () => {
  const { screen } = monitor(80).press('space');
  expect(screen.at(-1)).toMatch(/ {2}\? help$/);
  expect(screen.find((line) => line.includes('1 Builders'))).toMatch(/^ 1 Builders {2}2 {2}3 .* 7 +1 marked {2}2\/8$/);
  expect(screen[0]).toContain('7 slaves ○7');
  const y = screen.findIndex((line) => line.includes('1 Builders'));
  const seven = new TestMonitor(farmWith(slaves), { size: { columns: 80, rows: 24 } }).press('space');
  seven.happens({ type: 'MOUSE', mouse: { kind: 'down', x: screen[y]!.indexOf('7'), y: y - 1 } });
  expect(seven.monitor.place).toEqual({ view: 'journal' });
});

test('what is told is told whole, and what is above it makes room', () => {
  const text = `pause 9 slaves, refused: ${labels.slice(0, 2).join(' has no such thing; ')} has left the farm long ago.`;
  const told = monitor(60).happens({ type: 'TOLD', tone: 'bad', text });
  expect(told.screen.slice(-3).join(' ')).toContain('left the farm long ago.');
  expect(told.screen).toHaveLength(24);
  told.happens({ type: 'TOLD', tone: 'odd', text: 'word '.repeat(100) });
  expect(told.screen.at(-2)).toMatch(/word …$/);
});

test('however long a question is, it is seen how it is answered', () => {
  const asked = monitor(60).press('down', 'space', 'space', 'space', 'd');
  expect(asked.screen.at(-1)).toMatch(/^ Stop .*… {2}y yes {2}n no$/);
});

test('however narrow it is, it is seen whether the master is heard', () => {
  expect(monitor(40, 8).screen[0]).toContain('● heard 1s ago');
});

test('as much of long labels is shown as there is room for', () => {
  const long = new TestMonitor(farmWith([slaveLike(1, 'a-builder-with-a-long-name')]), {
    size: { columns: 200, rows: 9 },
  });
  expect(long.line('a-builder-with-a-long-n')).toContain('a-builder-with-a-long-n…');
});
