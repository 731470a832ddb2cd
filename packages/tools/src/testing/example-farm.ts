import type { Reply } from '@piw/wire/control-protocol';

const minute = 60_000;
const hour = 60 * minute;
/** Long enough ago that a second more or less shows nowhere. */
const ago = (ms: number): number => Date.now() - ms - 500;

const vitals = {
  ...{ clockMs: 0, upMs: 52 * hour, load: 1.25, temperatureC: 61.4, throttled: false },
  ...{
    diskFreeBytes: 20 * 2 ** 30,
    diskSizeBytes: 64 * 2 ** 30,
    memoryFreeBytes: 2 ** 30,
    memorySizeBytes: 4 * 2 ** 30,
  },
  ...{ swapFreeBytes: 0, swapSizeBytes: 0 },
};

const target = 'cp311-linux_aarch64';

export const targetPictures = (): Reply<'TARGETS'>['targets'] => [
  { target, python: '3.11.2', preferred: true, retired: false, waiting: 40, delayed: 2, building: 1 },
  {
    target: 'cp313-linux_aarch64',
    python: '3.13.1',
    preferred: false,
    retired: true,
    waiting: 0,
    delayed: 0,
    building: 0,
  },
];

export const failedBuild = (): Reply<'BUILD'>['build'] => ({
  ...{ attempt: 12, package: 'psycopg2', version: '2.9.10', target, slave: 'pi-2' },
  ...{ startedMs: ago(10 * minute), endedMs: ago(7 * minute), outcome: 'failure', files: [] },
  reason: { kind: 'missing-tool', subject: 'pg_config', text: 'pg_config is missing' },
});

const slave = (label: string, slaveId: number) => ({
  ...{ slave: slaveId, label, host: `${label}.example`, software: '0.1.0', targets: [target], capabilities: {} },
  ...{ upSinceMs: ago(hour), heardMs: ago(3000), skewMs: 0, lastHour: { successes: 5, failures: 1 }, vitals },
});

export const snapshot = (): Reply<'SNAPSHOT'> => ({
  ...{ epoch: 1, n: 7 },
  farm: {
    ...{ name: 'piw', host: 'board.example', software: '0.1.0', startedMs: ago(49 * hour) },
    ...{ siteUrl: 'http://board.example/', paused: null, fault: null, targets: targetPictures(), vitals },
  },
  slaves: [
    {
      ...slave('pi-10', 1),
      ...{
        state: 'building',
        stateSinceMs: ago(2 * minute),
        recalled: false,
        why: null,
        paused: null,
        quarantine: null,
      },
      task: { attempt: 13, package: 'lxml', version: '5.3.0', target, step: 'build', sinceMs: ago(2 * minute) },
    },
    {
      ...slave('pi-2', 2),
      ...{ state: 'paused', stateSinceMs: ago(hour), recalled: false, why: null, task: null },
      paused: { by: 'ann@desk.example', sinceMs: ago(hour), why: 'new fan' },
      quarantine: null,
    },
  ],
  jobs: [],
  builds: [failedBuild()],
  statistics: statistics(),
  attention: [
    {
      ...{ id: 1, kind: 'disk', subject: 'pi-2', raisedMs: ago(hour), clearedMs: null },
      ...{ text: 'The disk of pi-2 is nearly full.', remedy: 'Make room there.' },
    },
  ],
});

export function statistics(): Reply<'STATISTICS'> {
  return {
    ...{ lastHour: { success: 5, failure: 1 }, today: { success: 30, failure: 4, timeout: 1 } },
    ...{ packages: 12, versions: 40, files: 300, filesBytes: 1.5 * 2 ** 30 },
    targets: [
      { target, waiting: 40, perHour: 6, oldestMs: ago(26 * hour), emptyMs: 6 * hour + 40 * minute, medianMs: 90_000 },
    ],
  };
}

export const buildAnswer = (): Reply<'BUILD'> => ({
  build: failedBuild(),
  steps: [
    { name: 'fetch', startedMs: ago(10 * minute), durationMs: 1500, outcome: 'passed', note: null },
    { name: 'build', startedMs: ago(9 * minute), durationMs: 2 * minute, outcome: 'failed', note: 'exit 1' },
  ],
  files: [],
  logBytes: 2048,
  logUrl: 'http://board.example/logs/0000/0000/0012.txt.gz',
});

const cell = { attempt: null, outcome: null, text: null, file: null, url: null } as const;

export const packageAnswer = (): Reply<'PACKAGE'> => ({
  ...{ package: 'psycopg2', description: 'PostgreSQL adapter', skipped: null, recipe: null },
  targets: [target, 'pp311-linux_aarch64'],
  versions: ['2.9.10', '2.9.9', '2.9.8'].map((version) => ({
    ...{ version, releasedMs: ago(48 * hour), yanked: version === '2.9.9' ? 'broken' : null, skipped: null },
    asked: version === '2.9.10',
    cells: [
      {
        ...cell,
        ...{ target, state: 'failed', attempt: 12, outcome: 'failure', text: 'pg_config is missing' },
      },
      { ...cell, target: 'pp311-linux_aarch64', state: 'waiting' },
    ],
  })),
});
