import type { Board } from '@piw/wire/status-board';
import type { SlavePicture, TargetPicture } from '@piw/wire/status-protocol';

/** Pictures for tests: a small farm in which all is well, to be changed where a test needs it. */

export const aSlave = (about: Partial<SlavePicture> = {}): SlavePicture => ({
  slave: 1,
  label: 'rock-1',
  host: 'rock',
  software: '1',
  state: 'idle',
  stateSinceMs: 0,
  recalled: false,
  why: null,
  targets: ['cp311-linux_x86_64'],
  capabilities: {},
  upSinceMs: 0,
  heardMs: 0,
  skewMs: 0,
  paused: null,
  quarantine: null,
  task: null,
  lastHour: { successes: 0, failures: 0 },
  vitals: null,
  ...about,
});

export const aTarget = (about: Partial<TargetPicture> = {}): TargetPicture => ({
  target: 'cp311-linux_x86_64',
  python: '3.11',
  preferred: false,
  retired: false,
  waiting: 0,
  delayed: 0,
  building: 0,
  ...about,
});

export const aBoard = (about: Partial<Board> = {}): Board => ({
  epoch: 1,
  n: 0,
  farm: {
    name: 'test',
    host: 'desk',
    software: '1',
    startedMs: 0,
    siteUrl: null,
    paused: null,
    fault: null,
    targets: [aTarget()],
    vitals: null,
  },
  slaves: new Map([[1, aSlave()]]),
  jobs: new Map(),
  builds: [],
  statistics: { lastHour: {}, today: {}, packages: 0, versions: 0, files: 0, filesBytes: 0, targets: [] },
  attention: new Map(),
  ...about,
});
