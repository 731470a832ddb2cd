import { z } from 'zod';

/** What `probe.py` tells of a Python. */
export const pythonFacts = z.union([
  z.object({ tooOld: z.literal(true), python: z.string() }),
  z.object({
    tooOld: z.literal(false),
    python: z.string(),
    implementation: z.string(),
    executable: z.string(),
    inEnvironment: z.boolean(),
    tags: z.array(z.string()),
    headers: z.boolean(),
    venv: z.boolean(),
    prefixes: z.array(z.string()),
    parts: z.array(z.string()),
  }),
]);

export type PythonFacts = z.output<typeof pythonFacts>;

/** What is known of a Python that is not too old. */
export type FullFacts = Extract<PythonFacts, { tooOld: false }>;
