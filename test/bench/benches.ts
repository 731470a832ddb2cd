import type { Ground } from './ground.ts';

/** A bench: what it measures, and the program that does. */
export interface Bench {
  readonly about: string;
  readonly load: () => Promise<(ground: Ground) => Promise<void>>;
}

/** All benches by their names. */
export const benches = {
  queue: {
    about: 'taking a job: 1 M waiting, 8 takers, 1,000 leases, unsuitable ones at the head, an old snapshot held open',
    load: async () => (await import('./queue.ts')).queue,
  },
  next: {
    about: 'from the end of a build until the next target of its version is being built',
    load: async () => (await import('./next-target.ts')).nextTarget,
  },
  drive: {
    about: 'slaves over real sockets: 35 whose builds fail at once, 1,000 with heartbeats',
    load: async () => (await import('./drive.ts')).drive,
  },
  transfer: {
    about: 'wheels of 200 MB from slaves to the disk of the master: one, four at once, one under CURVE',
    load: async () => (await import('./transfer.ts')).transfer,
  },
  verify: {
    about: 'the soundness of a compiled wheel, in uncompressed bytes for a second of CPU',
    load: async () => (await import('./verify.ts')).verify,
  },
  overhead: {
    about: 'a small pure package by the slave, against pip wheel',
    load: async () => (await import('./overhead.ts')).overhead,
  },
  site: {
    about: 'the pages of packages with twenty versions',
    load: async () => (await import('./site.ts')).site,
  },
  farm: {
    about: 'the second start of a farm, until pip may use it',
    load: async () => (await import('./farm.ts')).farm,
  },
  master: {
    about: 'a master on a million versions: until it is ready, its memory idle and with 1,000 slaves',
    load: async () => (await import('./master.ts')).master,
  },
  sense: {
    about: 'piw-sense over 1,000 slaves: a picture, from the state to the bytes in its framebuffer, and its CPU',
    load: async () => (await import('./sense.ts')).sense,
  },
  monitor: {
    about: 'piw-monitor in a terminal over 1,000 slaves: its first screen, its keys, its CPU',
    load: async () => (await import('./monitor.ts')).monitor,
  },
} satisfies Readonly<Record<string, Bench>>;
