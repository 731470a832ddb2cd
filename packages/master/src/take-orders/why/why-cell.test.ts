import type { JobStanding, JobStandings } from '@piw/db/job-standings';
import type { Cell } from '@piw/db/matrix-cells';
import { expect, test } from 'vitest';
import { type Around, at, fan, hour, line, minute, now, quarantine, target, task, world } from './testing/around.ts';
import { whyCell } from './why-cell.ts';

const aJob = (about: Partial<JobStanding> = {}): JobStanding => ({
  ...{ targetId: 1, phase: 'ready', requires: {}, readyMs: now - hour, again: false, lostBy: null, slave: null },
  ...{ attempt: null, ahead: 0, countedTo: 10_000 },
  ...about,
});

interface Known extends Partial<Cell> {
  readonly version?: Partial<JobStandings>;
  readonly job?: Partial<JobStanding>;
  readonly first?: string;
  readonly around?: Around;
}
function cell({ version, job, first, around, ...about }: Known): string {
  const known: Cell = { targetId: 1, state: 'none', attempt: null, outcome: null, text: null, file: null, ...about };
  const standings: JobStandings = {
    ...{ deleted: false, yanked: null, asked: false, releasedMs: now - 12 * minute, unheard: false, requeue: null },
    ...{ jobs: job ? [aJob(job)] : [], skips: [], ...version },
  };
  return line(whyCell({ target, cell: known, version: standings, first: first ?? null }, at(around)));
}

const file = { filename: 'six-1.0-py3-none-any.whl', sha256: 'a'.repeat(64) };
const skip = { targetId: null, by: 'ada@desk', reason: 'it hangs', atMs: now - 3 * hour };

const ofCells: readonly [string, Known, string][] = [
  ['that has a wheel names it', { state: 'file', file }, 'served: six-1.0-py3-none-any.whl serves it.'],
  [
    'whose wheels serve others only says so',
    { state: 'built', text: 'Its tags exclude it.' },
    'built: Its tags exclude it.',
  ],
  [
    'that failed says why',
    { state: 'failed', outcome: 'failure', text: 'The header ffi.h is missing.' },
    'failed: It failed: The header ffi.h is missing.',
  ],
  [
    'that took too long says that it did',
    { state: 'failed', outcome: 'timeout', text: 'Not done after 3h.' },
    'failed: It failed (timeout): Not done after 3h.',
  ],
  [
    'that is skipped says by whom',
    { state: 'skipped', version: { skips: [skip] } },
    'skipped: Skipped by ada@desk 3h ago: it hangs.',
  ],
  [
    'whose build was skipped once says so still',
    { state: 'skipped', text: 'later', version: { skips: [{ ...skip, targetId: 9 }] } },
    'skipped: It is skipped: later.',
  ],
  [
    'that Requires-Python excludes says how',
    { state: 'excluded', text: 'Requires-Python: >=3.12' },
    'excluded: Excluded by Requires-Python: >=3.12.',
  ],
  [
    'that upstream serves says so',
    { state: 'upstream' },
    'upstream: Upstream serves it, and nobody asked for it by name.',
  ],
  ['of a deleted release says so', { version: { deleted: true } }, 'deleted: It is deleted upstream.'],
  [
    'of a yanked release says so, with its author’s reason',
    { version: { yanked: 'broken' } },
    'yanked: It is yanked upstream (broken), and nobody asked for it.',
  ],
  [
    'above one that is built first waits for that',
    { first: 'cp310-linux_x86_64' },
    `lower-target-first: cp310-linux_x86_64 comes first: what becomes of it may serve ${target} too.`,
  ],
  [
    'that a large change has not reached yet says which',
    { version: { requeue: 'target cp311-linux_x86_64 added' } },
    'not-due: The queue is being brought up to date: target cp311-linux_x86_64 added.',
  ],
  [
    'of which upstream was not heard waits for that',
    { version: { unheard: true } },
    'upstream-unheard: Upstream is asked first what it serves.',
  ],
  [
    'of which nothing is known is just not due',
    { version: { unheard: true, asked: true } },
    'not-due: Nothing is due for it.',
  ],
];
test.each(ofCells)('a cell %s', (_, known, reason) => {
  expect(cell(known)).toBe(reason);
});

const two = { slaves: [{}, {}] };
const ofJobs: readonly [string, Known, string][] = [
  [
    'is being built: by whom, for how long, at which step',
    { job: { phase: 'leased', slave: 'rock-1', attempt: 7 }, around: { slaves: [{ state: 'building', task }] } },
    'building: rock-1 builds it for 1m, step build.',
  ],
  [
    'is being built by a slave that this master has not met',
    { job: { phase: 'leased', slave: 'rock-9', attempt: 8 } },
    'building: rock-9 builds it.',
  ],
  [
    'was just released: wheels may follow',
    { job: { phase: 'delayed', readyMs: now + 18 * minute } },
    'fresh-release: Released 12m ago: due in 18m, since wheels often follow the sdist.',
  ],
  [
    'is tried again after what passes',
    {
      job: { phase: 'delayed', again: true, readyMs: now + 4 * minute },
      outcome: 'transient',
      text: 'The index is unreachable.',
    },
    'delayed: It is tried again in 4m, after transient: The index is unreachable.',
  ],
  [
    'waits while the farm is paused',
    { job: {}, around: { farm: { paused: fan } } },
    'farm-paused: The farm is paused by ada@desk for 2h: new fan.',
  ],
  [
    'waits while the disk is low',
    { job: {}, around: { disk: { ...fan, why: 'The disk is low.' } } },
    'disk-low: No work is given out: The disk is low.',
  ],
  [
    'waits while the world is at fault',
    { job: {}, around: { farm: { fault: world } } },
    'world-at-fault: All slaves meet the same, and one build a minute is tried: The index is away.',
  ],
  [
    'has nobody who builds for its target',
    { job: {}, around: { slaves: [{ targets: ['cp39-linux_x86_64'] }, { state: 'gone' }] } },
    `no-slave: No slave builds for ${target}.`,
  ],
  [
    'needs what no slave has',
    { job: { requires: { memory: 8, gpu: 'v3d' } }, around: { slaves: [{ capabilities: { memory: 4, gpu: 'v3d' } }] } },
    `needs-unmet: It needs gpu = v3d and memory ≥ 8, and no slave for ${target} has that.`,
  ],
  [
    'has slaves, but none at work',
    {
      job: {},
      around: {
        slaves: [
          { paused: fan, state: 'paused' },
          { state: 'lost', paused: fan },
          { state: 'quarantined', quarantine },
          { state: 'draining' },
        ],
      },
    },
    `slaves-away: No slave for ${target} works: rock-1 is paused by ada@desk, rock-2 is lost, rock-3 is quarantined and 1 more.`,
  ],
  ['has one before it', { job: { ahead: 1 } }, `queued: 1 is ahead of it for ${target}, with 1 slave at work.`],
  [
    'has others before it',
    { job: { ahead: 40 }, around: two },
    `queued: 40 are ahead of it for ${target}, with 2 slaves at work.`,
  ],
  [
    'has more before it than anybody wants to count',
    { job: { ahead: 10_000 } },
    `queued: 10000 or more are ahead of it for ${target}, with 1 slave at work.`,
  ],
  [
    'is the next of one busy slave',
    { job: {}, around: { slaves: [{ state: 'building', task }] } },
    `next: It is next for ${target}, when rock-1 is free.`,
  ],
  [
    'is the next of busy slaves',
    {
      job: {},
      around: {
        slaves: [
          { state: 'building', task },
          { state: 'sending', task },
        ],
      },
    },
    `next: It is next for ${target}, when rock-1 and rock-2 are free.`,
  ],
  ['is about to be taken', { job: {} }, `next: It is next for ${target}: rock-1 will take it now.`],
  [
    'is left for another slave than the one that lost it',
    { job: { lostBy: 'rock-1', readyMs: now - 3 * minute }, around: { slaves: [{}, { state: 'building', task }] } },
    'lost-by-its-slave: rock-1 lost it: it waits 7m at most for another slave.',
  ],
  [
    'goes back to who lost it where nobody else is at work',
    { job: { lostBy: 'rock-1', readyMs: now }, around: { slaves: [{}, { state: 'lost' }] } },
    `next: It is next for ${target}: rock-1 will take it now.`,
  ],
];
test.each(ofJobs)('a job %s', (_, known, reason) => {
  expect(cell(known)).toBe(reason);
});
