import { z } from 'zod';

/** How an attempt may end. */
export const outcome = z.enum([
  'success',
  'failure',
  'timeout',
  'memory',
  'rejected',
  'transient',
  'lost',
  'cancelled',
  'skipped',
  'no-source',
]);

/** Ends that tell nothing of the slave, nor of what it built. */
export const nobodysFault = ['cancelled', 'skipped', 'no-source'] as const satisfies readonly Outcome[];

/** What a slave may say that its build came to: how else an attempt ends is not its own to say. */
export const pipelineOutcome = outcome.exclude(['rejected', 'lost', 'skipped']);

/** The classes of reasons; each may have a subject: the header, the tool, the module that it is about. */
export const reasonKind = z.enum([
  'missing-header',
  'missing-library',
  'missing-tool',
  'missing-module',
  'missing-requirement',
  'compiler-error',
  'backend-error',
  'needs-network',
  'bad-sdist',
  'no-sdist',
  'metadata-mismatch',
  'fell-back-to-pure',
  'unsound-wheel',
  'broken-wheel',
  'python-excluded',
  'time-limit',
  'memory-limit',
  'disk-limit',
  'output-limit',
  'index-unreachable',
  'transfer-broken',
  'disk-full',
  'slave-lost',
  'killed',
  'withdrawn',
  'slave-left',
  'skipped-by-operator',
]);

/** Why an attempt ended as it did: a class, what it is about, and a sentence for people. */
export const reason = z.object({
  kind: reasonKind,
  subject: z.string().max(200).nullable(),
  text: z.string().max(2000),
});

export type Outcome = z.output<typeof outcome>;
export type PipelineOutcome = z.output<typeof pipelineOutcome>;
export type ReasonKind = z.output<typeof reasonKind>;
export type Reason = z.output<typeof reason>;

/** Outcomes that settle their target: no further attempt is due until someone asks for one. */
export const settles: Readonly<Record<Outcome, boolean>> = {
  success: true,
  failure: true,
  timeout: true,
  memory: true,
  rejected: true,
  'no-source': true,
  skipped: true,
  transient: false,
  lost: false,
  cancelled: false,
};
