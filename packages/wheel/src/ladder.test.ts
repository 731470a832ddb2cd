import { expect, test } from 'vitest';
import { climb, type VersionFacts } from './ladder.ts';
import type { Outcome } from './outcome.ts';
import { facts, file, targets } from './testing/ladder-facts.ts';

/** Targets 1 to 5 are cp39, cp310, cp311, cp313t and pypy39 on one platform, 6 to 10 the same on another. */
const due = (known: Partial<VersionFacts>) => climb(facts(known)).due;
const outcomes = (outcome: Outcome, ...targetIds: number[]) => targetIds.map((targetId) => ({ targetId, outcome }));

test('of a new version the lowest target of each platform is due', () => {
  expect(due({})).toEqual([1, 6]);
});

test('where a target failed, the next one of its platform tries', () => {
  expect(due({ outcomes: outcomes('failure', 1) })).toEqual([2, 6]);
  expect(due({ outcomes: [...outcomes('timeout', 1), ...outcomes('memory', 2), ...outcomes('rejected', 6)] })).toEqual([
    3, 7,
  ]);
});

test.each(['transient', 'lost', 'cancelled'] as const)('a build that ended %s is due again', (outcome) => {
  expect(due({ outcomes: outcomes(outcome, 1) })).toEqual([1, 6]);
});

test('a pure wheel leaves nothing to build on any platform', () => {
  const { due, settled } = climb(facts({ files: [file('py3-none-any', { builtOn: 2 })] }));
  expect(due).toEqual([]);
  expect(new Set(settled.values())).toEqual(new Set(['file']));
});

test('a wheel for one ABI makes all other targets of its platform due at once', () => {
  expect(due({ files: [file('cp39-cp39-linux_aarch64', { builtOn: 1 })] })).toEqual([2, 3, 4, 5, 6]);
});

test('a target that failed below a wheel for one ABI is not tried again', () => {
  const failed = outcomes('failure', 1);
  expect(due({ outcomes: failed, files: [file('cp310-cp310-linux_aarch64', { builtOn: 2 })] })).toEqual([3, 4, 5, 6]);
});

test('a wheel for the stable ABI serves higher CPythons; the others wait for one another', () => {
  const { due, settled } = climb(facts({ files: [file('cp39-abi3-linux_aarch64', { builtOn: 1 })] }));
  expect([...settled.keys()]).toEqual([1, 2, 3]);
  expect(due).toEqual([4, 6]);
});

test('compiled code for any Python serves no target below the one it was built on', () => {
  const { due, settled } = climb(facts({ files: [file('py3-none-linux_aarch64', { builtOn: 3 })] }));
  expect([...settled.keys()]).toEqual([3, 4, 5]);
  expect(due).toEqual([1, 6]);
});

test('compiled code in a wheel that claims to suit everything serves its own platform only', () => {
  const { settled } = climb(facts({ files: [file('py3-none-any', { builtOn: 1, hasElf: true })] }));
  expect([...settled.keys()]).toEqual([1, 2, 3, 4, 5]);
});

test('compiled code of unknown origin is believed where its tag names a platform', () => {
  expect(due({ files: [file('py3-none-linux_armv7l')] })).toEqual([1]);
  expect(due({ files: [file('py3-none-linux_armv7l', { builtOn: 99 })] })).toEqual([1]);
  expect(due({ files: [file('py3-none-any', { hasElf: true })] })).toEqual([1, 6]);
});

test('a platform wheel without compiled code serves lower targets as well', () => {
  expect(due({ files: [file('py3-none-linux_aarch64', { builtOn: 3, hasElf: false })] })).toEqual([6]);
});

test('a file serves no target whose Python it excludes', () => {
  const { due, settled } = climb(facts({ files: [file('py3-none-any', { requiresPython: '>=3.11', builtOn: 3 })] }));
  expect([...settled.keys()]).toEqual([3, 4, 8, 9]);
  expect(due).toEqual([1, 6]);
});

test('a version is not built for a Python that it excludes', () => {
  const { due, settled } = climb(facts({ requiresPython: '>=3.11' }));
  expect(due).toEqual([3, 8]);
  expect(settled.get(1)).toBe('python-excluded');
});

test('a build that succeeded is not repeated when its own file excludes the Python that built it', () => {
  const excluding = file('py3-none-any', { requiresPython: '>=3.10', builtOn: 1 });
  const { due, settled } = climb(facts({ outcomes: outcomes('success', 1), files: [excluding] }));
  expect(settled.get(1)).toBe('built');
  expect(due).toEqual([5, 6]);
});

test('what is skipped is passed over, one target or all', () => {
  expect(due({ skipped: new Set([1, 2]) })).toEqual([3, 6]);
  expect(due({ outcomes: outcomes('skipped', 6) })).toEqual([1, 7]);
  expect(due({ skipped: 'all' })).toEqual([]);
});

test('nothing is due of a version that is gone', () => {
  expect(due({ gone: true })).toEqual([]);
});

test('why a target is settled names the file first, then a skip, then a build', () => {
  const { settled } = climb(
    facts({
      files: [file('cp39-cp39-linux_aarch64', { builtOn: 1 })],
      skipped: new Set([1, 2]),
      outcomes: [...outcomes('failure', 1, 2, 3, 6), ...outcomes('success', 6), ...outcomes('no-source', 7)],
    }),
  );
  expect(Object.fromEntries(settled)).toEqual({ 1: 'file', 2: 'skipped', 3: 'failed', 6: 'built', 7: 'failed' });
});

test('tags may be a set or a list', () => {
  const files = [file('cp39-abi3-linux_aarch64', { builtOn: 1 })];
  const sets = targets.map((target) => ({ ...target, tags: new Set(target.tags) }));
  expect(climb(facts({ files, targets: sets }))).toEqual(climb(facts({ files })));
});

const nobody: ReadonlySet<number> = new Set();
const pure = { tags: ['py3-none-any'], requiresPython: null };

test('nothing is built for a target that upstream serves, unless somebody asked for it by name', () => {
  const { due: left, settled } = climb(facts({ upstream: { wheels: [pure], asked: nobody } }));
  expect(left).toEqual([]);
  expect(new Set(settled.values())).toEqual(new Set(['upstream']));
  expect(due({ upstream: { wheels: [pure], asked: 'all' } })).toEqual([1, 6]);
  expect(due({ upstream: { wheels: [pure], asked: new Set([3]) } })).toEqual([3]);
});

test('what upstream serves to one target or to newer Pythons leaves the others to be built', () => {
  const compiled = { tags: ['cp39-cp39-linux_aarch64'], requiresPython: null };
  expect(due({ upstream: { wheels: [compiled], asked: nobody } })).toEqual([2, 6]);
  const modern = { tags: ['py3-none-any'], requiresPython: '>=3.10' };
  expect([...climb(facts({ upstream: { wheels: [modern], asked: nobody } })).settled.keys()]).toEqual([
    2, 3, 4, 7, 8, 9,
  ]);
});

test('of what upstream was not heard of yet only what somebody asked for is built', () => {
  expect(due({ upstream: { wheels: 'unheard', asked: nobody } })).toEqual([]);
  expect(due({ upstream: { wheels: 'unheard', asked: new Set([1]) } })).toEqual([1]);
});
