import { farmWith, nowMs } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { viewAt } from './views.ts';

const remedy = `Install libffi-dev on the slaves (Fedora: libffi-devel; Alpine: libffi-dev); then: piw-control retry --reason missing-header --subject ffi.h`;
const cell = { package: 'cffi', version: '1.0', target: 'cp311-linux_aarch64' };
const group = {
  ...{ kind: 'missing-header', subject: 'ffi.h', text: 'x', builds: 4, packages: 2, latestMs: nowMs, attempt: 3 },
  ...{ ...cell, remedy },
};
const build = {
  ...{ ...cell, attempt: 3, slave: 'rock-1', startedMs: nowMs - 60_000, endedMs: nowMs, outcome: 'failure' },
  reason: { kind: 'missing-header', subject: 'ffi.h', text: 'fatal error: ffi.h: No such file or directory' },
};
const page = (columns: number) =>
  new TestMonitor(farmWith([]), { size: { columns, rows: 24 } })
    .press('4')
    .answers('FAILURES', { sinceMs: null, limit: 500 }, { countedFromMs: null, groups: [group] })
    .press('enter')
    .answers('BUILD', { attempt: 3 }, { build, steps: [], files: [], logBytes: 0, logUrl: null });

test.each([40, 80, 120])(
  'a failed build tells in %s columns all of why it failed and what would mend it',
  (columns) => {
    const { screen } = page(columns);
    const words = screen.join(' ').replaceAll(/ +/g, ' ');
    expect(words).toContain('missing-header ffi.h fatal error: ffi.h: No such file or directory');
    expect(words).toContain(`what would mend it ${remedy}`);
  },
);

test.each([1, 3])('a terminal of %i columns is no end of the monitor that shows a failed build', (columns) => {
  expect(page(columns).screen.every((one) => one.length <= columns)).toBe(true);
});

test('what would mend a build is asked for where it has failed, also by who came there by another way', () => {
  const { monitor } = page(80);
  const asked = viewAt(monitor.place)
    .wishes(monitor)
    .map(({ question }) => question);
  expect(asked).toEqual(['BUILD', 'FAILURES']);
});
