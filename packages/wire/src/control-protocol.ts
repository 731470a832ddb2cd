import { outcome, reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { buildPicture, jobPicture, snapshot, statisticsPicture, targetKey, targetPicture } from './status-protocol.ts';
import {
  attemptId,
  bytes,
  dependenciesByManager,
  empty,
  filename,
  recipe,
  sentence,
  sha256,
  step,
} from './vocabulary.ts';

/** Which slaves an order means: some by their labels, or every one, those to come included. */
export const whichSlaves = z.union([z.literal('all'), z.array(z.string().max(100)).min(1).max(10_000)]);

/** Which cells of the matrix an order means: a package, one of its versions, one target of it. */
export const whichCells = z.object({
  package: packageName,
  version: version.nullable(),
  target: targetKey.nullable(),
});

const why = sentence.nullable();
const page = { limit: z.int().min(1).max(1000), before: z.int().nullable() };

/** What an order did, a line each; what it could not do, with the reason. */
const done = z.object({
  done: z.array(z.object({ subject: z.string(), text: sentence })),
  refused: z.array(z.object({ subject: z.string(), text: sentence })),
});

/** A job in the queue, and its place among its target's. */
const queuedJob = z.object({ ...jobPicture.shape, releasedMs: z.number().nullable(), readyMs: z.number().nullable() });

const publishedFile = z.object({
  filename,
  sizeBytes: z.int(),
  sha256,
  url: z.string().nullable(),
  dependencies: dependenciesByManager,
});

/** One version against one target. */
const cell = z.object({
  target: targetKey,
  state: z.enum(['file', 'failed', 'skipped', 'excluded', 'waiting', 'delayed', 'building', 'none']),
  attempt: attemptId.nullable(),
  outcome: outcome.nullable(),
  text: sentence.nullable(),
  file: filename.nullable(),
  url: z.string().nullable(),
});

const journalEntry = z.object({
  entry: z.int(),
  atMs: z.number(),
  who: z.string(),
  order: z.string(),
  subject: z.string(),
  text: sentence,
});

/** Questions that change nothing. */
export const looks = {
  SNAPSHOT: { ask: empty, answer: snapshot },
  TARGETS: {
    ask: empty,
    answer: z.object({
      targets: z.array(targetPicture),
      offered: z.array(z.object({ target: targetKey, by: z.array(z.string()) })),
    }),
  },
  QUEUE: {
    ask: z.object({ target: targetKey.nullable(), limit: z.int().min(1).max(1000) }),
    answer: z.object({ targets: z.array(targetPicture), jobs: z.array(queuedJob) }),
  },
  BUILDS: {
    ask: z.object({
      ...page,
      package: packageName.nullable(),
      version: version.nullable(),
      outcome: outcome.nullable(),
      reason: reasonKind.nullable(),
      slave: z.string().nullable(),
      sinceMs: z.number().nullable(),
    }),
    answer: z.object({ builds: z.array(buildPicture) }),
  },
  BUILD: {
    ask: z.object({ attempt: attemptId }),
    answer: z.object({
      build: buildPicture,
      steps: z.array(step),
      files: z.array(publishedFile),
      logBytes: z.int(),
      logUrl: z.string().nullable(),
    }),
  },
  LOG: {
    ask: z.object({
      attempt: attemptId,
      offset: z.int().nonnegative(),
      limit: z
        .int()
        .min(1)
        .max(1 << 20),
    }),
    answer: z.object({ offset: z.int(), bytes, sizeBytes: z.int(), ended: z.boolean() }),
  },
  PACKAGE: {
    ask: z.object({ package: packageName }),
    answer: z.object({
      package: packageName,
      description: z.string().nullable(),
      skipped: sentence.nullable(),
      recipe: recipe.nullable(),
      targets: z.array(targetKey),
      versions: z.array(
        z.object({
          version,
          releasedMs: z.number().nullable(),
          yanked: z.string().nullable(),
          skipped: sentence.nullable(),
          asked: z.boolean(),
          cells: z.array(cell),
        }),
      ),
    }),
  },
  STATISTICS: { ask: empty, answer: statisticsPicture },
  JOURNAL: { ask: z.object(page), answer: z.object({ entries: z.array(journalEntry) }) },
};

const slavesOnly = z.object({ slaves: whichSlaves });
const slavesAndWhy = z.object({ slaves: whichSlaves, why });

/** Orders: each that changes something is in the journal, with who gave it. */
export const orders = {
  PAUSE: { ask: slavesAndWhy, answer: done },
  RESUME: { ask: slavesOnly, answer: done },
  HALT: { ask: slavesAndWhy, answer: done },
  DRAIN: { ask: slavesOnly, answer: done },
  KILL: { ask: slavesAndWhy, answer: done },
  RESTART: { ask: slavesOnly, answer: done },
  STOP: { ask: empty, answer: done },
  SKIP: {
    ask: z.object({ what: z.union([slavesOnly, whichCells]), why: sentence.min(1) }),
    answer: done,
  },
  UNSKIP: { ask: whichCells, answer: done },
  PRIORITISE: { ask: z.object({ cells: whichCells, to: z.enum(['front', 'back', 'usual']) }), answer: done },
  WITHDRAW: { ask: whichCells, answer: done },
  RETRY: {
    ask: z.object({
      package: packageName.nullable(),
      version: version.nullable(),
      target: targetKey.nullable(),
      outcome: outcome.nullable(),
      reason: reasonKind.nullable(),
      subject: z.string().max(200).nullable(),
    }),
    answer: done,
  },
  ADD_TARGET: { ask: z.object({ target: targetKey }), answer: done },
  RETIRE_TARGET: { ask: z.object({ target: targetKey }), answer: done },
  PREFER_TARGET: { ask: z.object({ target: targetKey, preferred: z.boolean() }), answer: done },
  ADD: {
    ask: z.object({ package: packageName, version: version.nullable(), all: z.boolean() }),
    answer: z.object({
      package: packageName,
      versions: z.array(z.object({ version, isNew: z.boolean() })),
    }),
  },
};

/** Everything that control answers. `from` names the person: their login and host, as their program tells. */
export const control = { ...looks, ...orders };

export type Control = typeof control;
export type ControlType = keyof Control;
export type Ask<K extends ControlType> = z.output<Control[K]['ask']>;
export type Answer<K extends ControlType> = z.output<Control[K]['answer']>;
/** As the asking side writes it, and as the master answers: names and versions as plain text, made canonical on arrival. */
export type Question<K extends ControlType> = z.input<Control[K]['ask']>;
export type Reply<K extends ControlType> = z.input<Control[K]['answer']>;

const id = z.int().nonnegative();

/** What a client sends: one envelope for all questions; `ask` is checked against the question's own schema. */
export const toControl = {
  ASK: z.object({
    id,
    question: z.enum(Object.keys(control) as [ControlType, ...ControlType[]]),
    ask: z.unknown(),
    from: z.string().max(200),
  }),
};

/** What the master answers. */
export const fromControl = {
  ANSWER: z.object({ id, answer: z.unknown() }),
  REFUSAL: z.object({ id, message: sentence, remedy: sentence }),
};
