import { ControlError } from '@piw/wire/control-error';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { drawFrame } from '../frame/frame.ts';
import { TestMonitor } from '../testing/farm.ts';

const farm = farmWith([slaveLike(1, 'pi-1'), slaveLike(2, 'pi-2')]);

test('without a master it says where it looks for one, why there is none, and how often it tried', () => {
  const monitor = new TestMonitor(null).happens({
    type: 'LINK',
    link: { address: 'ipc:///run/piwheels/piw-control', tries: 3, trouble: 'No master answers there.' },
  });
  expect(monitor.line('No master answers there.')).toContain('(try 3)');
});

test('a master that is lost leaves the last picture, dimmed, with its age and a counter of tries; the selection is kept', () => {
  const monitor = new TestMonitor(farm).press('down', 'down');
  const { feed } = monitor.monitor;
  for (const seconds of [20, 40])
    monitor.happens({
      type: 'FEED',
      nowMs: nowMs + seconds * 1000,
      feed: { ...feed, trouble: new Error('It is silent.') },
    });
  expect(monitor.line('not heard for 40s')).toContain('(try 2)');
  expect(drawFrame(monitor.monitor).lines.some(({ old }) => old)).toBe(true);
  monitor.show(farm);
  expect(monitor.line('heard')).not.toContain('try');
  expect(monitor.chosen).toContain('pi-2');
});

test('a master that does not let this key in is told of with the remedy, whether it was heard before or never', () => {
  const trouble = new ControlError('unadmitted', 'It does not let this key in here.', 'Have it authorized there.');
  const told = 'It does not let this key in here. Have it authorized there.';
  const never = new TestMonitor(null);
  never.happens({ type: 'FEED', nowMs, feed: { ...never.monitor.feed, trouble } });
  expect(never.line(told)).toContain('✕');
  const revoked = new TestMonitor(farm);
  revoked.happens({ type: 'FEED', nowMs: nowMs + 60_000, feed: { ...revoked.monitor.feed, trouble } });
  expect(revoked.line(told)).toContain('✕');
  expect(revoked.screen[0]).toContain('not let in, not heard for 1m');
  expect(revoked.show(farm).screen.join()).not.toContain(told);
});
