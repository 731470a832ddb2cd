import { outcome, reason } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { MessageOf } from './table.ts';
import {
  attemptId,
  builtFile,
  bytes,
  empty,
  filename,
  limits,
  pause,
  recipe,
  sentence,
  slaveId,
  step,
  stepName,
  targetOffer,
  vitals,
} from './vocabulary.ts';

/** The version of this conversation; the master speaks it and the one before. */
export const slaveProtocolVersion = 1;

/** The attempt that a slave still has. */
export const heldAttempt = z.object({ attempt: attemptId, phase: z.enum(['building', 'built']) });

/** Everything a slave may say. */
export const fromSlave = {
  HELLO: z.object({
    n: z.int().nonnegative(),
    instance: z.string().max(60),
    protocols: z.array(z.int()).min(1).max(20),
    software: z.string().max(60),
    owner: z.string().max(60),
    label: z.string().min(1).max(100),
    host: z.string().max(255),
    targets: z.array(targetOffer).max(64),
    capabilities: z.record(z.string().max(60), z.union([z.string().max(200), z.number()])),
    limits,
    holds: heldAttempt.nullable(),
    vitals,
  }),
  READY: z.object({ vitals }),
  ALIVE: z.object({
    vitals,
    attempt: attemptId.nullable(),
    step: stepName.nullable(),
    phase: z.enum(['idle', 'building', 'built']),
  }),
  LOG: z.object({ attempt: attemptId, offset: z.int().nonnegative(), bytes }),
  BUILT: z.object({
    attempt: attemptId,
    outcome,
    reason: reason.nullable(),
    steps: z.array(step).max(40),
    logBytes: z.int().nonnegative(),
    files: z.array(builtFile).max(64),
  }),
  BYE: empty,
};

/** Everything the master may say to a slave. */
export const toSlave = {
  WELCOME: z.object({
    n: z.int().nonnegative(),
    slave: slaveId,
    epoch: z.int(),
    logOffset: z.int().nonnegative(),
    verdict: z.enum(['go-on', 'forget']).nullable(),
    watched: z.boolean(),
  }),
  WHO: empty,
  HEARD: z.object({
    epoch: z.int(),
    attempt: attemptId.nullable(),
    logOffset: z.int().nonnegative(),
    watched: z.boolean(),
    paused: pause.nullable(),
  }),
  BUILD: z.object({
    n: z.int().nonnegative(),
    attempt: attemptId,
    package: packageName,
    version,
    target,
    recipe,
    limits,
    buildTag: z.string().max(40).nullable(),
    indexUrl: z.string().max(2000).nullable(),
    farmIndexUrl: z.string().max(2000).nullable(),
    uploadedMs: z.number().nullable(),
  }),
  CANCEL: z.object({ attempt: attemptId, reason: sentence }),
  SEND: z.object({ attempt: attemptId, filename, offset: z.int().nonnegative(), ticket: bytes }),
  DONE: z.object({ attempt: attemptId }),
  DIE: z.object({ when: z.enum(['now', 'idle']), restart: z.boolean() }),
  REFUSED: z.object({ reason: sentence }),
};

export type FromSlave = MessageOf<typeof fromSlave>;
export type ToSlave = MessageOf<typeof toSlave>;
export type Hello = z.output<typeof fromSlave.HELLO>;
export type Built = z.output<typeof fromSlave.BUILT>;
export type Build = z.output<typeof toSlave.BUILD>;
export type HeldAttempt = z.output<typeof heldAttempt>;
