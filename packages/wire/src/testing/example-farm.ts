import type { z } from 'zod';
import { slavePicture, snapshot } from '../status-protocol.ts';

/** When everything happens with the slaves below: a moment at which all that goes on and off is at the beginning of its time. */
export const nowMs = 1_764_000_000_000;

const vitals = {
  clockMs: nowMs,
  upMs: 60_000,
  diskFreeBytes: 1e9,
  diskSizeBytes: 2e9,
  memoryFreeBytes: 1e9,
  memorySizeBytes: 4e9,
  swapFreeBytes: 0,
  swapSizeBytes: 0,
  load: 0.5,
  temperatureC: 48.5,
  throttled: false,
};

/** A slave that is idle. */
export const exampleSlave = (slave: number, label = `pi-${slave}`, targets = ['cp311-linux_aarch64']) => ({
  slave,
  label,
  host: `${label}.example`,
  software: '0.1.0',
  state: 'idle' as const,
  stateSinceMs: 1,
  recalled: false,
  why: null,
  targets,
  capabilities: { cpus: 4 },
  upSinceMs: 1,
  heardMs: 1,
  skewMs: 0,
  paused: null,
  quarantine: null,
  task: null,
  lastHour: { successes: 0, failures: 0 },
  vitals,
});

/** A farm with slaves, nothing built yet, at event n of the epoch. */
export const exampleSnapshot = (n = 0, slaves = 2, epoch = 1) =>
  snapshot.parse({
    epoch,
    n,
    farm: {
      name: 'farm',
      host: 'farm.example',
      software: '0.1.0',
      startedMs: 1,
      siteUrl: null,
      paused: null,
      fault: null,
      targets: [],
      vitals: null,
    },
    slaves: Array.from({ length: slaves }, (_, i) => exampleSlave(i + 1)),
    jobs: [],
    builds: [],
    statistics: { lastHour: {}, today: {}, packages: 0, versions: 0, files: 0, filesBytes: 0, targets: [] },
    attention: [],
  });

export const exampleVitals = vitals;

type Slave = z.input<typeof slavePicture>;

/** A slave of that label that has been here for an hour, changed as is said. */
export const slaveLike = (id: number, label: string, change: Partial<Slave> = {}) =>
  slavePicture.parse({
    ...exampleSlave(id, label),
    ...{ upSinceMs: nowMs - 3_600_000, heardMs: nowMs, stateSinceMs: nowMs - 60_000, ...change },
  });

/** A snapshot of a farm with such slaves, changed as is said. */
export const farmWith = (slaves: readonly Slave[], change: Partial<z.input<typeof snapshot>> = {}) => {
  const example = exampleSnapshot();
  return snapshot.parse({ ...example, farm: { ...example.farm, vitals }, slaves, ...change });
};
