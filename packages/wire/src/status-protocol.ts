import { outcome, reason } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { MessageOf } from './table.ts';
import { attemptId, bytes, filename, pause, sentence, slaveId, stepName, vitals } from './vocabulary.ts';

/** A target as text, `cp311-linux_aarch64`: the key under which the board keeps it. */
export const targetKey = z.string().max(201);

/** A target and how much of the queue is its own. */
export const targetPicture = z.object({
  target: targetKey,
  python: z.string(),
  preferred: z.boolean(),
  retired: z.boolean(),
  waiting: z.int(),
  delayed: z.int(),
  building: z.int(),
});

/** The farm as a whole, and the machine of its master. */
export const farmPicture = z.object({
  name: z.string(),
  host: z.string(),
  software: z.string(),
  startedMs: z.number(),
  siteUrl: z.string().nullable(),
  paused: pause.nullable(),
  targets: z.array(targetPicture),
  vitals: vitals.nullable(),
});

/** What a slave is busy with. */
export const task = z.object({
  attempt: attemptId,
  package: packageName,
  version,
  target: targetKey,
  step: stepName.nullable(),
  sinceMs: z.number(),
});

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

/** A slave, whatever state it is in; stateSinceMs says since when. */
export const slavePicture = z.object({
  slave: slaveId,
  label: z.string(),
  host: z.string(),
  software: z.string(),
  state: slaveState,
  stateSinceMs: z.number(),
  why: sentence.nullable(),
  targets: z.array(targetKey),
  capabilities: z.record(z.string(), z.union([z.string(), z.number()])),
  connectedMs: z.number(),
  heardMs: z.number(),
  skewMs: z.number(),
  paused: pause.nullable(),
  task: task.nullable(),
  lastHour: z.object({ successes: z.int(), failures: z.int() }),
  vitals: vitals.nullable(),
});

/** A job that somebody asked for by name, while it is due. */
export const jobPicture = z.object({
  package: packageName,
  version,
  target: targetKey,
  state: z.enum(['waiting', 'delayed', 'building', 'gone']),
  priority: z.enum(['request', 'wanted', 'release', 'preferred', 'backlog']),
});

/** An attempt that began or ended: outcome is null while it runs. */
export const buildPicture = z.object({
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
});

/** Figures of the farm: builds that ended, by outcome, in the last hour and since midnight UTC. */
export const statisticsPicture = z.object({
  lastHour: z.partialRecord(outcome, z.int()),
  today: z.partialRecord(outcome, z.int()),
  packages: z.int(),
  versions: z.int(),
  files: z.int(),
  filesBytes: z.number(),
});

/** What needs a human, and what to do about it. */
export const attentionPicture = z.object({
  id: z.int(),
  kind: z.string(),
  subject: z.string(),
  text: sentence,
  remedy: sentence,
  raisedMs: z.number(),
  clearedMs: z.number().nullable(),
});

/** All that a client needs to draw the farm; events newer than (epoch, n) go on from there. */
export const snapshot = z.object({
  epoch: z.int(),
  n: z.int(),
  farm: farmPicture,
  slaves: z.array(slavePicture),
  jobs: z.array(jobPicture),
  builds: z.array(buildPicture),
  statistics: statisticsPicture,
  attention: z.array(attentionPicture),
});

const ordered = { epoch: z.int(), n: z.int() };

/** The status stream, topic `status`: every event has its place in the order of (epoch, n). */
export const statusEvents = {
  FARM: z.object({ ...ordered, farm: farmPicture }),
  SLAVE: z.object({ ...ordered, slave: slavePicture }),
  GONE: z.object({ ...ordered, slave: slaveId }),
  JOB: z.object({ ...ordered, job: jobPicture }),
  BUILD: z.object({ ...ordered, build: buildPicture }),
  STATISTICS: z.object({ ...ordered, statistics: statisticsPicture }),
  ATTENTION: z.object({ ...ordered, attention: attentionPicture }),
  VITALS: z.object({
    ...ordered,
    master: vitals.nullable(),
    slaves: z.array(
      z.object({ slave: slaveId, heardMs: z.number(), skewMs: z.number(), step: stepName.nullable(), vitals }),
    ),
  }),
};

/** The log stream, topics `log.<attempt>`: offsets in place of n. */
export const logEvents = {
  LOG: z.object({ attempt: attemptId, offset: z.int().nonnegative(), bytes, ended: z.boolean() }),
};

export const statusTopic = 'status';
export const logTopic = (attempt: number): string => `log.${attempt}.`;

export type StatusEvent = MessageOf<typeof statusEvents>;
export type LogEvent = MessageOf<typeof logEvents>;
export type Snapshot = z.output<typeof snapshot>;
export type FarmPicture = z.output<typeof farmPicture>;
export type TargetPicture = z.output<typeof targetPicture>;
export type SlavePicture = z.output<typeof slavePicture>;
export type SlaveState = z.output<typeof slaveState>;
export type JobPicture = z.output<typeof jobPicture>;
export type BuildPicture = z.output<typeof buildPicture>;
export type StatisticsPicture = z.output<typeof statisticsPicture>;
export type AttentionPicture = z.output<typeof attentionPicture>;
