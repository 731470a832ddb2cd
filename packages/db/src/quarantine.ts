import { z } from 'zod';

/** A slave that gets no work for a while, since what it was given ended as it should not; milliseconds since 1970. */
export const quarantine = z.object({ sinceMs: z.number(), untilMs: z.number(), why: z.string() });

export type Quarantine = z.output<typeof quarantine>;
