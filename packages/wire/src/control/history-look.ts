import { outcome } from '@piw/wheel/outcome';
import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';

/** What a history tells: gauges, of which a step has the average, and counts of what happened in a step. */
export const historySeries = z
  .enum([
    ...(['building', 'waiting', 'delayed', 'slaves', 'load', 'temperatureC'] as const),
    ...(['memoryUsed', 'diskUsed', 'swapUsed', 'receivedBytes'] as const),
    ...outcome.options,
  ])
  .meta({
    id: 'history series',
    description:
      'What is so, on average over a step (`slaves` that are there; `…Used` are shares, from 0 to 1), and what is counted in it: bytes of wheels received, and builds that ended, by outcome.',
  });

export const historySubject = z
  .discriminatedUnion('of', [
    z.object({ of: z.literal('farm') }),
    z.object({ of: z.literal('slave'), slave: z.string().max(100) }),
    z.object({ of: z.literal('target'), target: targetKey }),
  ])
  .meta({
    id: 'history subject',
    description: 'The farm with the machine of its master, a slave by its label, a target.',
  });

const points = z.int().min(2).max(1000);

/** The look at how things were. */
export const historyLook = {
  HISTORY: {
    about:
      'How the farm, a slave or a target was, in so many steps at most: the finest that is kept of that time (10 s for an hour, 1 min for a day, 15 min for 31 days). The last step goes on.',
    ask: z.object({
      subject: historySubject,
      series: z.array(historySeries).min(1).max(30),
      fromMs: z.number(),
      toMs: z.number().nullable(),
      points,
    }),
    answer: z.object({
      fromMs: z.number(),
      stepMs: z.number(),
      series: z.partialRecord(historySeries, z.array(z.number().nullable()).max(1000)),
    }),
  },
};

export type HistorySeries = z.output<typeof historySeries>;
export type HistorySubject = z.output<typeof historySubject>;
