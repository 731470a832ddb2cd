import { z } from 'zod';

/** Why, since when and by whom something waits. */
export const pause = z.object({ by: z.string(), sinceMs: z.number(), why: z.string() });

export type Pause = z.output<typeof pause>;
