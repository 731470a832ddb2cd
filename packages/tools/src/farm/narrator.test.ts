import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { BuildPicture, SlavePicture } from '@piw/wire/status-protocol';
import { expect, test } from 'vitest';
import { narrator } from './narrator.ts';

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
  why: null,
  targets: ['cp311-linux_aarch64'],
  capabilities: {},
  connectedMs: 0,
  heardMs: 0,
  skewMs: 0,
  paused: null,
  task: null,
  lastHour: { successes: 0, failures: 0 },
  vitals: null,
};
const place = { epoch: 1, n: 1 };

test('a build is told when it begins and when it ends, with its reason', () => {
  const tell = narrator();
  expect(tell({ type: 'BUILD', body: { ...place, build: running } })).toBe(
    'building  psycopg2 2.9.10 cp311-linux_aarch64 on rock-1',
  );
  const reason = { kind: 'missing-tool', subject: 'pg_config', text: 'the build needs the tool pg_config' } as const;
  const ended = { ...running, endedMs: 3_000, outcome: 'failure', reason } as const;
  expect(tell({ type: 'BUILD', body: { ...place, build: ended } })).toBe(
    'failure   psycopg2 2.9.10 cp311-linux_aarch64 2s the build needs the tool pg_config',
  );
});

test('a slave is told of when it comes, is lost and comes back, not when it works', () => {
  const tell = narrator();
  const lines = (['idle', 'building', 'idle', 'lost', 'idle'] as const).map((state) =>
    tell({ type: 'SLAVE', body: { ...place, slave: { ...slave, state } } }),
  );
  const came = 'slave     rock-1 builds for cp311-linux_aarch64';
  expect(lines).toEqual([came, undefined, undefined, 'lost      rock-1', came]);
});

test('what needs a human is told with what to do about it', () => {
  const attention = {
    id: 1,
    kind: 'disk-low',
    subject: 'master',
    text: 'The disk is nearly full.',
    remedy: 'Make room.',
    raisedMs: 0,
    clearedMs: null,
  };
  const tell = narrator();
  expect(tell({ type: 'ATTENTION', body: { ...place, attention } })).toBe(
    'attention The disk is nearly full. Make room.',
  );
  const cleared = { ...attention, clearedMs: 5 };
  expect(tell({ type: 'ATTENTION', body: { ...place, attention: cleared } })).toBe(
    'cleared   The disk is nearly full.',
  );
});
