import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';
import { done } from './done.ts';

/** Orders about what the farm builds for. */
export const targetOrders = {
  ADD_TARGET: { about: 'Build for a target from now on.', ask: z.object({ target: targetKey }), answer: done },
  RETIRE_TARGET: {
    about: 'Build for a target no more; its files stay.',
    ask: z.object({ target: targetKey }),
    answer: done,
  },
  ALIAS_TARGET: {
    about: 'Publish its wheels for a second platform too, where their code runs there; null: no more.',
    ask: z.object({ target: targetKey, platform: z.string().max(100).nullable() }),
    answer: done,
  },
  PREFER_TARGET: {
    about: 'Prefer the jobs of a target, or no longer.',
    ask: z.object({ target: targetKey, preferred: z.boolean() }),
    answer: done,
  },
};
