import { expect, test } from 'vitest';
import { aSlave, aTarget } from '../../keep-count/testing/boards.ts';
import { type Around, at, fan, line, minute, now, quarantine, target, task } from './testing/around.ts';
import { whySlave } from './why-slave.ts';

const idle = { needs: [], anothers: false, nextMs: null };
const slave = (
  about: Parameters<typeof aSlave>[0],
  work: Partial<Parameters<typeof whySlave>[1]> = {},
  around?: Around,
) => line(whySlave(aSlave({ label: 'rock-1', ...about }), { ...idle, ...work }, at(around)));
const waits = { target, requires: {} };

const ofSlaves: readonly [string, Parameters<typeof slave>, string][] = [
  [
    'that is lost',
    [{ state: 'lost', heardMs: now - 5 * minute }],
    'away: rock-1 is lost: nothing was heard of it for 5m.',
  ],
  ['that went', [{ state: 'gone', heardMs: now - 5 * minute }], 'away: rock-1 went away; it was last heard 5m ago.'],
  ['that is refused', [{ state: 'refused', why: 'Update it.' }], 'refused: rock-1 is refused: Update it.'],
  ['that builds', [{ state: 'building', task }], `busy: rock-1 builds six 1.0 for ${target} for 1m, step build.`],
  [
    'that builds and was paused',
    [{ state: 'building', task, paused: fan }],
    `busy: rock-1 builds six 1.0 for ${target} for 1m, step build; after that it is paused by ada@desk for 2h: new fan.`,
  ],
  ['that clears up', [{ state: 'cleaning' }], 'busy: rock-1 clears away what its build left.'],
  [
    'of a paused farm',
    [{ state: 'paused', paused: fan }, {}, { farm: { paused: fan } }],
    'farm-paused: The farm is paused by ada@desk for 2h: new fan.',
  ],
  ['that leaves', [{ state: 'draining', why: 'It restarts.' }], 'leaving: rock-1 gets no more work: It restarts.'],
  ['that is paused', [{ state: 'paused', paused: fan }], 'paused: rock-1 is paused by ada@desk for 2h: new fan.'],
  [
    'in quarantine',
    [{ state: 'quarantined', quarantine }],
    'quarantined: rock-1 is in quarantine for 4m more: Its disk is full.',
  ],
  [
    'for a target that the farm lacks',
    [{ targets: ['cp39-linux_x86_64'] }],
    "no-target: rock-1 builds for cp39-linux_x86_64, which the farm doesn't build for; to let it: piw-control targets add cp39-linux_x86_64.",
  ],
  [
    'for a retired target',
    [{}, {}, { farm: { targets: [aTarget({ retired: true })] } }],
    `no-target: rock-1 builds for ${target}, which is retired; to build for it again: piw-control targets add ${target}.`,
  ],
  ['that offers nothing', [{ targets: [] }], 'no-target: rock-1 offers no target.'],
  ['about to begin', [{}, { needs: [waits], anothers: true }], 'about-to-begin: rock-1 is being given work.'],
  [
    'that lost all that waits',
    [{}, { needs: [waits] }],
    'lost-by-its-slave: What waits for rock-1 is what it lost: it is left for other slaves for a while.',
  ],
  [
    'that lacks what the jobs need',
    [{ capabilities: { memory: 4 } }, { needs: [{ target, requires: { memory: 8 } }], anothers: true }],
    `lacks-needs: Jobs wait for ${target}, but need memory ≥ 8, which rock-1 lacks.`,
  ],
  [
    'whose jobs are all delayed',
    [{}, { nextMs: now + minute }, { farm: { targets: [aTarget({ delayed: 3 })] } }],
    'all-delayed: All 3 jobs for its targets are delayed, the next for 1m.',
  ],
  [
    'for whose targets nothing waits, whatever waits for others',
    [{}, { needs: [{ target: 'cp39-linux_x86_64', requires: {} }] }],
    `nothing-waits: Nothing waits for ${target}.`,
  ],
];
test.each(ofSlaves)('a slave %s is told as what it is', (_, asked, reason) => {
  expect(slave(...asked)).toBe(reason);
});
