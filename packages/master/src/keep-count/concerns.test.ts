import { expect, test } from 'vitest';
import { concerns, type Moment } from './concerns.ts';
import { aBoard, aSlave, aTarget } from './testing/boards.ts';

const subjects = (board = aBoard(), moment: Partial<Moment> = {}) => {
  const { raise, clear } = concerns(board, { disk: null, needs: [], isEarly: false, ...moment });
  const names = (all: readonly { kind: string; subject: string }[]) =>
    all.map(({ kind, subject }) => `${kind} ${subject}`);
  return { raise: names(raise), clear: names(clear) };
};

const farmWith = (about: Partial<ReturnType<typeof aBoard>['farm']>) => ({ ...aBoard().farm, ...about });
const raised = (kind: string, subject: string) =>
  new Map([[7, { id: 7, kind, subject, text: '', remedy: '', raisedMs: 0, clearedMs: null }]]);

test('a farm in which all is well needs nobody', () => {
  expect(subjects(aBoard({ farm: farmWith({ targets: [aTarget({ waiting: 9 })] }) }))).toEqual({
    raise: [],
    clear: [],
  });
});

test('jobs for a target that no slave builds for need a human, unless the target is retired', () => {
  const waiting = [aTarget({ target: 'cp313-linux_x86_64', waiting: 2 })];
  expect(subjects(aBoard({ farm: farmWith({ targets: waiting }) })).raise).toEqual([
    'target-without-slave cp313-linux_x86_64',
  ]);
  const retired = waiting.map((target) => ({ ...target, retired: true }));
  expect(subjects(aBoard({ farm: farmWith({ targets: retired }) })).raise).toEqual([]);
});

test('a target whose only slave vanished is without a slave, and the slave is asked after', () => {
  const board = aBoard({
    farm: farmWith({ targets: [aTarget({ waiting: 1 })] }),
    slaves: new Map([[1, aSlave({ state: 'lost' })]]),
  });
  expect(subjects(board).raise).toEqual(['target-without-slave cp311-linux_x86_64', 'slave-lost rock-1']);
});

test('what is raised already is not raised again, and is over when the slave is back', () => {
  const attention = raised('slave-lost', 'rock-1');
  const lost = new Map([[1, aSlave({ state: 'lost' })]]);
  expect(subjects(aBoard({ attention, slaves: lost }))).toEqual({ raise: [], clear: [] });
  expect(subjects(aBoard({ attention })).clear).toEqual(['slave-lost rock-1']);
});

test('many slaves that vanish are one thing that needs a human', () => {
  const lost = Array.from(
    { length: 21 },
    (_, i) => [i, aSlave({ slave: i, label: `rock-${i}`, state: 'lost' })] as const,
  );
  expect(subjects(aBoard({ slaves: new Map(lost.slice(1)) })).raise).toHaveLength(20);
  expect(subjects(aBoard({ slaves: new Map(lost) })).raise).toEqual(['slave-lost desk']);
});

test('what others raised is not cleared here', () => {
  expect(subjects(aBoard({ attention: raised('index-failing', 'x') })).clear).toEqual([]);
});

test('a low disk needs a human once, at once, until there is room', () => {
  const disk = { by: 'the master', sinceMs: 0, why: 'The disk is low.' };
  const attention = raised('disk-low', 'desk');
  expect(subjects(aBoard(), { disk, isEarly: true }).raise).toEqual(['disk-low desk']);
  expect(subjects(aBoard({ attention }), { disk })).toEqual({ raise: [], clear: [] });
  expect(subjects(aBoard({ attention }), { isEarly: true }).clear).toEqual(['disk-low desk']);
});

test('slaves have a while to come to a master that has just begun', () => {
  const slaves = new Map([[1, aSlave({ state: 'lost' })]]);
  const attention = raised('slave-lost', 'rock-2');
  expect(subjects(aBoard({ slaves, attention }), { isEarly: true })).toEqual({ raise: [], clear: [] });
});

test('jobs that need what no slave of their target has need a human, and others do not', () => {
  const target = 'cp311-linux_x86_64';
  const board = aBoard({
    slaves: new Map([[1, aSlave({ targets: [target], capabilities: { gpu: 'v3d', memory: 4e9 } })]]),
  });
  const needing = (requires: Record<string, string | number>) =>
    subjects(board, { needs: [{ target, requires }] }).raise;
  expect(needing({ gpu: 'v3d', memory: 4e9 })).toEqual([]);
  expect(needing({ memory: 8e9 })).toEqual([`job-nobody-can-build ${target}: memory ≥ 8000000000`]);
  expect(needing({ gpu: 'other', memory: 1 })).toEqual([`job-nobody-can-build ${target}: gpu = other and memory ≥ 1`]);
});

test('who built for a target and went away is asked to come back, before the target is given up', () => {
  const target = 'cp311-linux_x86_64';
  const farm = farmWith({ targets: [aTarget({ target, waiting: 1 })] });
  const remedy = (board: ReturnType<typeof aBoard>) =>
    concerns(board, { disk: null, needs: [], isEarly: false }).raise[0]?.remedy;
  const gone = new Map([[1, aSlave({ label: 'rock-1', state: 'gone', targets: [target] })]]);
  expect(remedy(aBoard({ farm, slaves: gone }))).toContain('piw-control restart rock-1');
  expect(remedy(aBoard({ farm, slaves: new Map() }))).toContain(`piw-control targets retire ${target}`);
});

test.each([
  'target-without-slave',
  'job-nobody-can-build',
  'slave-lost',
  'slave-quarantined',
  'world-at-fault',
  'disk-low',
])('%s is over where all is well again', (kind) => {
  const attention = raised(kind, 'what it was about');
  expect(subjects(aBoard({ attention }))).toEqual({ raise: [], clear: [`${kind} what it was about`] });
});
