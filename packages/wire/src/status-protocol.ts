import { outcome, reason, reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { MessageOf } from './table.ts';
import { attemptId, bytes, filename, pause, quarantine, sentence, slaveId, stepName, vitals } from './vocabulary.ts';

/** A target as text, `cp311-linux_aarch64`: the key under which the board keeps it. */
export const targetKey = z.string().max(201);

export const targetPicture = z
  .object({
    target: targetKey,
    python: z.string(),
    preferred: z.boolean(),
    retired: z.boolean(),
    waiting: z.int(),
    delayed: z.int(),
    building: z.int(),
  })
  .meta({ id: 'target picture', description: 'A target, and how much of the queue is its own.' });

export const worldFault = z.object({ kind: reasonKind, text: sentence, sinceMs: z.number() }).meta({
  id: 'world fault',
  description: 'What all slaves meet and none can help: one build a minute probes it, and nothing is counted.',
});

export const farmPicture = z
  .object({
    name: z.string(),
    host: z.string(),
    software: z.string(),
    startedMs: z.number(),
    siteUrl: z.string().nullable(),
    paused: pause.nullable(),
    fault: worldFault.nullable(),
    targets: z.array(targetPicture),
    vitals: vitals.nullable(),
  })
  .meta({ id: 'farm picture', description: 'The farm as a whole, and the machine of its master.' });

export const task = z
  .object({
    attempt: attemptId,
    package: packageName,
    version,
    target: targetKey,
    step: stepName.nullable(),
    sinceMs: z.number(),
  })
  .meta({ id: 'task', description: 'What a slave is busy with.' });

export const slaveState = z.enum([
  'idle',
  'building',
  'sending',
  'cleaning',
  'paused',
  'draining',
  'quarantined',
  'refused',
  'lost',
  'gone',
]);

export const slavePicture = z
  .object({
    slave: slaveId,
    label: z.string().max(100),
    host: z.string(),
    software: z.string(),
    state: slaveState,
    stateSinceMs: z.number(),
    recalled: z.boolean(),
    why: sentence.nullable(),
    targets: z.array(targetKey),
    capabilities: z.record(z.string(), z.union([z.string(), z.number()])),
    upSinceMs: z.number(),
    heardMs: z.number(),
    skewMs: z.number(),
    paused: pause.nullable(),
    quarantine: quarantine.nullable(),
    task: task.nullable(),
    lastHour: z.object({ successes: z.int(), failures: z.int() }),
    vitals: vitals.nullable(),
  })
  .meta({
    id: 'slave picture',
    description:
      'A slave, whatever state it is in, and since when. One that is `recalled` goes, or has gone, and is wanted back: whoever runs it starts it again once it has.',
  });

export const jobPicture = z
  .object({
    package: packageName,
    version,
    target: targetKey,
    state: z.enum(['waiting', 'delayed', 'building', 'gone']),
    priority: z.enum(['request', 'wanted', 'release', 'preferred', 'backlog']),
  })
  .meta({ id: 'job picture', description: 'A job that somebody asked for by name, while it is due.' });

export const buildPicture = z
  .object({
    attempt: attemptId,
    package: packageName,
    version,
    target: targetKey,
    slave: z.string(),
    startedMs: z.number(),
    endedMs: z.number().nullable(),
    outcome: outcome.nullable(),
    reason: reason.nullable(),
    files: z.array(filename),
  })
  .meta({ id: 'build picture', description: 'An attempt that began or ended; the outcome is null while it runs.' });

export const targetFigures = z
  .object({
    target: targetKey,
    waiting: z.int(),
    perHour: z.number(),
    oldestMs: z.number().nullable(),
    emptyMs: z.number().nullable(),
    medianMs: z.number().nullable(),
  })
  .meta({
    id: 'target figures',
    description:
      'How a target comes along: jobs that wait, builds an hour that ended on their own account, since when its oldest job is in the queue, in how long nothing waits any more at that rate, and how long a build takes (the median of the latest).',
  });

export const statisticsPicture = z
  .object({
    lastHour: z.partialRecord(outcome, z.int()),
    today: z.partialRecord(outcome, z.int()),
    packages: z.int(),
    versions: z.int(),
    files: z.int(),
    filesBytes: z.number(),
    targets: z.array(targetFigures),
  })
  .meta({
    id: 'statistics picture',
    description:
      'Builds that ended, by outcome, in the last hour and since midnight UTC; what the farm holds; how its targets come along.',
  });

export const attentionPicture = z
  .object({
    id: z.int(),
    kind: z.string(),
    subject: z.string(),
    text: sentence,
    remedy: sentence,
    raisedMs: z.number(),
    clearedMs: z.number().nullable(),
  })
  .meta({ id: 'attention picture', description: 'What needs a human, and what to do about it.' });

/** How many builds a snapshot and a board hold: those that began or ended last. */
export const buildsKept = 200;

export const snapshot = z
  .object({
    epoch: z.int(),
    n: z.int(),
    farm: farmPicture,
    slaves: z.array(slavePicture),
    jobs: z.array(jobPicture),
    builds: z.array(buildPicture),
    statistics: statisticsPicture,
    attention: z.array(attentionPicture),
  })
  .meta({
    id: 'snapshot',
    description: 'All that a client needs to draw the farm; events newer than (epoch, n) go on from there.',
  });

const ordered = { epoch: z.int(), n: z.int() };

/** The status stream, topic `status`: every event has its place in the order of (epoch, n). */
export const statusEvents = {
  FARM: z.object({ ...ordered, farm: farmPicture }).describe('The farm changed: its targets, its pause, its master.'),
  SLAVE: z.object({ ...ordered, slave: slavePicture }).describe('A slave came, or changed.'),
  GONE: z.object({ ...ordered, slave: slaveId }).describe('A slave is off the board.'),
  JOB: z
    .object({ ...ordered, job: jobPicture })
    .describe('A job that was asked for by name changed; `gone` takes it off the board.'),
  BUILD: z.object({ ...ordered, build: buildPicture }).describe('An attempt began or ended.'),
  STATISTICS: z.object({ ...ordered, statistics: statisticsPicture }).describe('New figures.'),
  ATTENTION: z
    .object({ ...ordered, attention: attentionPicture })
    .describe('Something needs a human; or, with `clearedMs`, does not any more.'),
  VITALS: z
    .object({
      ...ordered,
      master: vitals.nullable(),
      slaves: z.array(
        z.object({ slave: slaveId, heardMs: z.number(), skewMs: z.number(), step: stepName.nullable(), vitals }),
      ),
    })
    .describe('Signs of life, batched; `master` is null where it tells nothing new.'),
};

/** The log stream, topics `log.<attempt>`: offsets in place of n. */
export const logEvents = {
  LOG: z
    .object({ attempt: attemptId, offset: z.int().nonnegative(), bytes, ended: z.boolean() })
    .describe('A piece of a log as it is written; the last one has ended.'),
};

export const statusTopic = 'status';
/** Closed by a dot: zeromq compares beginnings, and `log.1` would be that of `log.12` too. */
export const logTopic = (attempt: number): string => `log.${attempt}.`;

/** The attempt whose log a topic carries; undefined where it is another topic. */
export function attemptOfTopic(topic: string): number | undefined {
  const [, digits] = /^log\.([1-9]\d{0,14})\.$/.exec(topic) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The topic under which a message is published. */
export const topicOf = (message: StatusEvent | LogEvent): string =>
  message.type === 'LOG' ? logTopic(message.body.attempt) : statusTopic;

export type StatusEvent = MessageOf<typeof statusEvents>;
export type LogEvent = MessageOf<typeof logEvents>;
export type Snapshot = z.output<typeof snapshot>;
export type FarmPicture = z.output<typeof farmPicture>;
export type TargetPicture = z.output<typeof targetPicture>;
export type SlavePicture = z.output<typeof slavePicture>;
export type SlaveState = z.output<typeof slaveState>;
export type JobPicture = z.output<typeof jobPicture>;
export type BuildPicture = z.output<typeof buildPicture>;
export type TargetFigures = z.output<typeof targetFigures>;
export type StatisticsPicture = z.output<typeof statisticsPicture>;
export type AttentionPicture = z.output<typeof attentionPicture>;
