import { target } from '@piw/wheel/target';
import { z } from 'zod';

/** The words that several conversations share. Names say units: Ms since 1970 or long, Bytes, C for °C. */

export const attemptId = z.int().positive();
export const slaveId = z.int().positive();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits');
export const filename = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9][\w.+!-]*\.whl$/, 'a wheel has a plain filename that ends in .whl');
export const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')
  .meta({ id: 'bytes', description: 'A byte string.' });
export const sentence = z.string().max(2000);
/** A slave's label: it is typed and read in terminals, so it has nothing that can't be seen. */
export const label = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), 'a label has printable characters only')
  .meta({ id: 'label', description: 'What a slave is called: 1 to 100 printable characters, in any script.' });
export const empty = z.object({});

export const vitals = z
  .object({
    clockMs: z.number(),
    upMs: z.number(),
    diskFreeBytes: z.number(),
    diskSizeBytes: z.number(),
    memoryFreeBytes: z.number(),
    memorySizeBytes: z.number(),
    swapFreeBytes: z.number(),
    swapSizeBytes: z.number(),
    load: z.number(),
    temperatureC: z.number().nullable(),
    throttled: z.boolean().nullable(),
  })
  .meta({ id: 'vitals', description: 'How the machine under a program is; null where it does not tell.' });

export const targetOffer = z
  .object({
    ...target.shape,
    tags: z.array(z.string().max(120)).min(1).max(5000),
    python: z.string().max(40),
    implementation: z.string().max(40),
  })
  .meta({
    id: 'target offer',
    description:
      'A target as a slave offers it: with the tags that its Python accepts, best first, and the version of that Python.',
  });

export const pause = z
  .object({ by: z.string().max(100), sinceMs: z.number(), why: sentence })
  .meta({ id: 'pause', description: 'Why, since when and by whom something waits.' });

export const quarantine = z.object({ sinceMs: z.number(), untilMs: z.number(), why: sentence }).meta({
  id: 'quarantine',
  description: 'From when until when a slave gets no work, since its builds do not end as they should.',
});

/** The steps of the pipeline, in their order; a recipe's own steps follow under their names. */
export const stepName = z.string().max(60);
export const step = z
  .object({
    name: stepName,
    startedMs: z.number(),
    durationMs: z.number().nullable(),
    outcome: z.enum(['running', 'passed', 'failed', 'not-checked', 'skipped']),
    note: sentence.nullable(),
  })
  .meta({
    id: 'step',
    description: 'A step of the pipeline; a duration of null: it is running, or was when its slave vanished.',
  });

export const recipe = z
  .object({
    network: z.boolean().optional(),
    pure: z.boolean().optional(),
    env: z.record(z.string().max(100), z.string().max(4000)).optional(),
    configSettings: z.record(z.string().max(200), z.union([z.string(), z.array(z.string())])).optional(),
    requires: z.array(z.string().max(300)).max(100).optional(),
    needs: z.record(z.string().max(60), z.union([z.string().max(200), z.number()])).optional(),
    steps: z
      .array(z.object({ name: stepName, command: z.string().max(4000), network: z.boolean().optional() }))
      .max(20)
      .optional(),
    timeoutMs: z.number().positive().optional(),
    memoryBytes: z.number().positive().optional(),
  })
  .meta({ id: 'recipe', description: 'What is particular about building one package.' });

export const limits = z
  .object({
    timeoutMs: z.number().positive(),
    memoryBytes: z.number().positive().nullable(),
    diskBytes: z.number().positive().nullable(),
    outputBytes: z.number().positive(),
  })
  .meta({ id: 'limits', description: 'What a build may use at most; null is no limit.' });

export const dependenciesByManager = z
  .partialRecord(z.enum(['apt', 'rpm', 'apk', 'unresolved']), z.array(z.string().max(200)).max(500))
  .meta({
    id: 'dependencies',
    description:
      'What a wheel needs beside Python: distribution packages by their manager, and libraries that none has.',
  });

export const builtFile = z
  .object({
    filename,
    sizeBytes: z.int().nonnegative(),
    sha256,
    dependencies: dependenciesByManager,
  })
  .meta({
    id: 'built file',
    description: 'A wheel as the slave that built it tells of it; the SHA-256 is hexadecimal.',
  });

export type Vitals = z.output<typeof vitals>;
export type TargetOffer = z.output<typeof targetOffer>;
export type Pause = z.output<typeof pause>;
export type Quarantine = z.output<typeof quarantine>;
export type Step = z.output<typeof step>;
export type Recipe = z.output<typeof recipe>;
export type Limits = z.output<typeof limits>;
export type BuiltFile = z.output<typeof builtFile>;
