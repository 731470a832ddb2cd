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

export const whichSlaves = z
  .union([z.literal('all'), z.array(z.string().max(100)).min(1).max(10_000)])
  .meta({ id: 'which slaves', description: 'Some by their labels, or every one, those to come included.' });

export const whichCells = z
  .object({
    package: packageName,
    version: version.nullable(),
    target: targetKey.nullable(),
  })
  .meta({ id: 'which cells', description: 'A package, one of its versions, one target of it.' });

const why = sentence.nullable();
const page = { limit: z.int().min(1).max(1000), before: z.int().nullable() };

const done = z
  .object({
    done: z.array(z.object({ subject: z.string(), text: sentence })),
    refused: z.array(z.object({ subject: z.string(), text: sentence })),
  })
  .meta({ id: 'done', description: 'What an order did, a line each; what it could not do, with the reason.' });

const queuedJob = z
  .object({ ...jobPicture.shape, releasedMs: z.number().nullable(), readyMs: z.number().nullable() })
  .meta({ id: 'queued job', description: 'A job in the queue.' });

const publishedFile = z
  .object({
    filename,
    sizeBytes: z.int(),
    sha256,
    url: z.string().nullable(),
    dependencies: dependenciesByManager,
  })
  .meta({ id: 'published file', description: 'A wheel of the farm; no url: it is not listed any more.' });

const cell = z
  .object({
    target: targetKey,
    state: z.enum([
      'file',
      'built',
      'failed',
      'skipped',
      'excluded',
      'upstream',
      'waiting',
      'delayed',
      'building',
      'none',
    ]),
    attempt: attemptId.nullable(),
    outcome: outcome.nullable(),
    text: sentence.nullable(),
    file: filename.nullable(),
    url: z.string().nullable(),
  })
  .meta({
    id: 'cell',
    description:
      'One version against one target; `built`: its build went well, and none of its wheels serves this target.',
  });

const journalEntry = z
  .object({
    entry: z.int(),
    atMs: z.number(),
    who: z.string(),
    order: z.string(),
    subject: z.string(),
    text: sentence,
  })
  .meta({ id: 'journal entry', description: 'An order that changed something.' });

/** Questions that change nothing. */
export const looks = {
  SNAPSHOT: { about: 'The whole board, to follow the status stream from.', ask: empty, answer: snapshot },
  TARGETS: {
    about: 'The targets of the farm; what slaves offer beside them, and which.',
    ask: empty,
    answer: z.object({
      targets: z.array(targetPicture),
      offered: z.array(z.object({ target: targetKey, by: z.array(z.string()) })),
    }),
  },
  QUEUE: {
    about: 'The head of the queue, in its order.',
    ask: z.object({ target: targetKey.nullable(), limit: z.int().min(1).max(1000) }),
    answer: z.object({ targets: z.array(targetPicture), jobs: z.array(queuedJob) }),
  },
  BUILDS: {
    about: 'Attempts that began or ended, latest first; `before` an attempt, for the next page.',
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
    about: 'One attempt: its steps, its files, where its log is.',
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
    about: 'A part of a log, of a running attempt too.',
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
    about: 'A package: its versions against the targets, its recipe.',
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
  STATISTICS: { about: 'The figures of the farm.', ask: empty, answer: statisticsPicture },
  JOURNAL: {
    about: 'Orders that changed something, latest first; `before` an entry, for the next page.',
    ask: z.object(page),
    answer: z.object({ entries: z.array(journalEntry) }),
  },
};

const slavesOnly = z.object({ slaves: whichSlaves });
const slavesAndWhy = z.object({ slaves: whichSlaves, why });

/** Orders: each that changes something is in the journal, with who gave it. */
export const orders = {
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
  STOP: { about: 'Stop the master; slaves go on building and wait for it.', ask: empty, answer: done },
  SKIP: {
    about:
      'Settle cells without a build, until UNSKIP: what these slaves build, or these cells; attempts at them are cancelled.',
    ask: z.object({ what: z.union([slavesOnly, whichCells]), why: sentence.min(1) }),
    answer: done,
  },
  UNSKIP: { about: 'Take a skip back.', ask: whichCells, answer: done },
  PRIORITISE: {
    about: 'Move jobs in the queue.',
    ask: z.object({ cells: whichCells, to: z.enum(['front', 'back', 'usual']) }),
    answer: done,
  },
  WITHDRAW: {
    about:
      'Take back what was asked for: attempts at it are cancelled, and what is due only for that leaves the queue; the rest is built in its turn.',
    ask: whichCells,
    answer: done,
  },
  RETRY: {
    about: 'Let cells that failed be tried again: those that fit all that is given.',
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
  ADD_TARGET: { about: 'Build for a target from now on.', ask: z.object({ target: targetKey }), answer: done },
  RETIRE_TARGET: {
    about: 'Build for a target no more; its files stay.',
    ask: z.object({ target: targetKey }),
    answer: done,
  },
  PREFER_TARGET: {
    about: 'Prefer the jobs of a target, or no longer.',
    ask: z.object({ target: targetKey, preferred: z.boolean() }),
    answer: done,
  },
  ADD: {
    about: 'Ask for a package: one version, the newest (null), or all that have an sdist.',
    ask: z.object({ package: packageName, version: version.nullable(), all: z.boolean() }),
    answer: z.object({
      package: packageName,
      versions: z.array(z.object({ version, isNew: z.boolean() })),
    }),
  },
};

/** Everything that control answers: what it is about, what is asked, what is answered. */
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
  ASK: z
    .object({
      id,
      question: z.enum(Object.keys(control) as [ControlType, ...ControlType[]]),
      ask: z.unknown(),
      from: z.string().max(200),
    })
    .describe('A question or an order; `from` names the person, as their program tells: login and host.'),
};

/** What the master answers. */
export const fromControl = {
  ANSWER: z.object({ id, answer: z.unknown() }).describe('The answer to the question of that id.'),
  REFUSAL: z
    .object({ id, message: sentence, remedy: sentence })
    .describe('Why there is none, and what to do about it.'),
};
