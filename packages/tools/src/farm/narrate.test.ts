import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture, BuildPicture, SlavePicture } from '@piw/wire/status-protocol';
import { expect, test } from 'vitest';
import { narrate } from './narrate.ts';

const running: BuildPicture = {
  attempt: 7,
  package: packageName.parse('psycopg2'),
  version: version.parse('2.9.10'),
  target: 'cp311-linux_aarch64',
  slave: 'rock-1',
  startedMs: 1_000,
  endedMs: null,
  outcome: null,
  reason: null,
  files: [],
};
const slave: SlavePicture = {
  slave: 1,
  label: 'rock-1',
  host: 'rock-1.example',
  software: '1.0',
  state: 'idle',
  stateSinceMs: 0,
  recalled: false,
  why: null,
  targets: ['cp311-linux_aarch64'],
  capabilities: {},
  upSinceMs: 0,
  heardMs: 0,
  skewMs: 0,
  paused: null,
  quarantine: null,
  task: null,
  lastHour: { successes: 0, failures: 0 },
  vitals: null,
};
const attention: AttentionPicture = {
  id: 1,
  kind: 'disk-low',
  subject: 'master',
  text: 'The disk is nearly full.',
  remedy: 'Make room.',
  raisedMs: 0,
  clearedMs: null,
};
const board = (more: Partial<Board>): Board => ({
  epoch: 1,
  n: 1,
  farm: {
    name: 'shelf',
    host: 'pi5',
    software: '1',
    startedMs: 0,
    siteUrl: null,
    paused: null,
    fault: null,
    targets: [],
    vitals: null,
  },
  slaves: new Map(),
  jobs: new Map(),
  builds: [],
  statistics: { lastHour: {}, today: {}, packages: 0, versions: 0, files: 0, filesBytes: 0, targets: [] },
  attention: new Map(),
  ...more,
});

test('a build is told when it begins and when it ends, with its reason', () => {
  const began = board({ builds: [running] });
  expect(narrate(board({}), began)).toEqual(['building  psycopg2 2.9.10 cp311-linux_aarch64 on rock-1']);
  const reason = { kind: 'missing-tool', subject: 'pg_config', text: 'the build needs the tool pg_config' } as const;
  const ended = board({ builds: [{ ...running, endedMs: 3_000, outcome: 'failure', reason }] });
  const told = ['failure   psycopg2 2.9.10 cp311-linux_aarch64 2s the build needs the tool pg_config'];
  expect(narrate(began, ended)).toEqual(told);
  expect(narrate(board({}), ended)).toEqual(told);
  expect(narrate(ended, ended)).toEqual([]);
});

test('what a master tells again after it was started again is not told twice', () => {
  const ended = (endedMs: number) => board({ builds: [{ ...running, endedMs, outcome: 'success' }] });
  expect(narrate(ended(3_000), ended(2_996))).toEqual([]);
  expect(narrate(ended(3_000), board({ builds: [running] }))).toEqual([expect.stringMatching(/^building/)]);
});

test('a build that settles nothing is told to be tried again', () => {
  const reason = { kind: 'disk-full', subject: null, text: "The slave's disk is full." } as const;
  const ended = board({ builds: [{ ...running, endedMs: 3_000, outcome: 'transient', reason }] });
  const [told] = narrate(board({}), ended);
  expect(told).toBe("transient psycopg2 2.9.10 cp311-linux_aarch64 2s The slave's disk is full. It is tried again.");
});

test('what had ended before one began to look is not told', () => {
  const ended = { ...running, attempt: 6, endedMs: 500, outcome: 'success' } as const;
  expect(narrate(null, board({ builds: [running, ended] }))).toEqual([expect.stringMatching(/^building/)]);
});

test('a slave is told of when it comes, is lost and comes back, not when it works', () => {
  const boards = (['idle', 'building', 'idle', 'lost', 'idle'] as const).map((state) =>
    board({ slaves: new Map([[1, { ...slave, state }]]) }),
  );
  const came = 'slave     rock-1 builds for cp311-linux_aarch64';
  expect(boards.flatMap((after, index) => narrate(boards[index - 1] ?? null, after))).toEqual([
    ...[came, 'lost      rock-1', came],
  ]);
});

test('what needs a human is told with what to do about it, and when it is over', () => {
  const raised = board({ attention: new Map([[1, attention]]) });
  expect(narrate(board({}), raised)).toEqual(['attention The disk is nearly full. Make room.']);
  expect(narrate(raised, board({}))).toEqual(['cleared   The disk is nearly full.']);
});
