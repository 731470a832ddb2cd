import { z } from 'zod';
import { empty, sentence } from '../vocabulary.ts';
import { done } from './done.ts';
import { whichSlaves } from './selection.ts';

export const slavesOnly = z.object({ slaves: whichSlaves });
const slavesAndWhy = z.object({ slaves: whichSlaves, why: sentence.nullable() });

/** Orders to slaves, and to the master itself. */
export const slaveOrders = {
  PAUSE: { about: 'Give these no further work; builds that run go on.', ask: slavesAndWhy, answer: done },
  RESUME: { about: 'Give these work again.', ask: slavesOnly, answer: done },
  LIFT: { about: 'Let these out of quarantine before its time.', ask: slavesOnly, answer: done },
  HALT: {
    about: 'Pause these, and cancel what they build; the jobs return, uncounted.',
    ask: slavesAndWhy,
    answer: done,
  },
  DRAIN: { about: 'Let these finish what they build, then stop.', ask: slavesOnly, answer: done },
  KILL: {
    about: 'Cancel what these build, and stop them at once; the jobs return, uncounted.',
    ask: slavesAndWhy,
    answer: done,
  },
  RESTART: { about: 'Start these again when they are idle.', ask: slavesOnly, answer: done },
  STOP: { about: 'Stop the master; slaves of other machines go on and wait for it.', ask: empty, answer: done },
};
