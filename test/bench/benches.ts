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
  drive: {
    about: 'slaves over real sockets: 35 whose builds fail at once, 1,000 with heartbeats',
    load: async () => (await import('./drive.ts')).drive,
  },
} satisfies Readonly<Record<string, Bench>>;
