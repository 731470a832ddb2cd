import { aName, aVersion } from '@piw/db/testing/small-farm';
import { expect, test } from 'vitest';
import { aBoard, aSlave, aTarget } from '../testing/boards.ts';
import { samplesOf } from './samples.ts';

const vitals = {
  ...{ clockMs: 0, upMs: 0, load: 1.5, temperatureC: null, throttled: null },
  ...{ diskFreeBytes: 25, diskSizeBytes: 100, memoryFreeBytes: 90, memorySizeBytes: 100 },
  ...{ swapFreeBytes: 0, swapSizeBytes: 0 },
};
const task = {
  attempt: 1,
  package: aName('six'),
  version: aVersion('1.0'),
  target: 'cp311-linux_x86_64',
  step: null,
  sinceMs: 0,
};
const slaves = (...all: Parameters<typeof aSlave>[0][]) =>
  new Map(all.map((about, i) => [i + 1, aSlave({ slave: i + 1, ...about })]));

test('the farm is its queue, its slaves and the machine of its master', () => {
  const board = aBoard({ slaves: slaves({ heardMs: 1000 }, { label: 'gone-1', state: 'gone', heardMs: 1000 }) });
  const targets = [
    aTarget({ waiting: 3, building: 1 }),
    aTarget({ target: 'cp312-linux_x86_64', waiting: 2, delayed: 4 }),
  ];
  const [farm] = samplesOf({ ...board, farm: { ...board.farm, targets, vitals } }, 2000);
  expect(farm).toEqual({
    ...{ kind: 'farm', name: '' },
    gauges: {
      ...{ waiting: 5, delayed: 4, building: 1, slaves: 1 },
      ...{ load: 1.5, temperatureC: null, memoryUsed: expect.closeTo(0.1) as number, diskUsed: 0.75, swapUsed: null },
    },
  });
});

test('a target is its part of the queue; one that is retired and empty has no history', () => {
  const board = aBoard({ slaves: new Map() });
  const targets = [aTarget({ waiting: 3 }), aTarget({ target: 'cp37-linux_x86_64', retired: true })];
  const [, ...samples] = samplesOf({ ...board, farm: { ...board.farm, targets } }, 0);
  expect(samples).toEqual([
    { kind: 'target', name: 'cp311-linux_x86_64', gauges: { waiting: 3, delayed: 0, building: 0 } },
  ]);
});

test('a slave is known while it is heard: one that is lost or silent has a gap', () => {
  const all = [
    { label: 'works', heardMs: 99_000, task, vitals },
    { label: 'silent', heardMs: 60_000 },
    { label: 'lost', state: 'lost', heardMs: 99_000 },
    { label: 'idle', heardMs: 99_000 },
  ] as const;
  const found = samplesOf(aBoard({ slaves: slaves(...all) }), 100_000).filter(({ kind }) => kind === 'slave');
  expect(found.map(({ name, gauges }) => [name, gauges.building, gauges.diskUsed])).toEqual([
    ['works', 1, 0.75],
    ['idle', 0, undefined],
  ]);
});
