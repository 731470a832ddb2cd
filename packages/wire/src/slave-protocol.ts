import { pipelineOutcome, reason } from '@piw/wheel/outcome';
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
  label,
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

/** How many items of CBOR a message of a slave has at most: one with a dozen Pythons says HELLO with a dozen times a thousand tags. */
export const mostItems = 25_000;

/** How much of a log may be on its way. */
export const logBytesUnacknowledged = 256 << 10;

/** The attempt that a slave still has. */
export const heldAttempt = z.object({ attempt: attemptId, phase: z.enum(['building', 'built']) });

/** The master remembers these of every slave. */
const capabilities = z
  .record(z.string().max(60), z.union([z.string().max(200), z.number()]))
  .refine((all) => Object.keys(all).length <= 100, 'there are a hundred capabilities at most');

/** Everything a slave may say. */
export const fromSlave = {
  HELLO: z
    .object({
      n: z.int().nonnegative(),
      instance: z.string().max(60),
      protocols: z.array(z.int()).min(1).max(20),
      software: z.string().max(60),
      owner: z.string().max(60),
      label,
      host: z.string().max(255),
      targets: z.array(targetOffer).max(64),
      capabilities,
      limits,
      holds: heldAttempt.nullable(),
      vitals,
      upMs: z.number().min(0).max(1e13).optional(),
    })
    .describe(
      'On connecting, when asked WHO, and when the epoch changed; n counts up. `holds` names the attempt that it still has. `owner` is whom the label belongs to, `instance` this run of the program, `upMs` how long that has run. It has 25,000 items of CBOR at most, as any message of a slave.',
    ),
  READY: z.object({ vitals }).describe('Wants work; stands until BUILD or the next HELLO.'),
  ALIVE: z
    .object({
      vitals,
      attempt: attemptId.nullable(),
      step: stepName.nullable(),
      phase: z.enum(['idle', 'building', 'built']),
    })
    .describe('Every 10 s, whatever else is on its way; `attempt` and `step` until DONE.'),
  LOG: z
    .object({
      attempt: attemptId,
      offset: z.int().nonnegative(),
      bytes: bytes.refine((value) => value.length <= logBytesUnacknowledged, 'a piece of a log has 256 KiB at most'),
    })
    .describe(
      'From the offset acknowledged last, with 256 KiB unacknowledged at most; every 250 ms while somebody watches, else every 5 s.',
    ),
  BUILT: z
    .object({
      attempt: attemptId,
      outcome: pipelineOutcome,
      reason: reason.nullable(),
      steps: z.array(step).max(40),
      logBytes: z.int().nonnegative(),
      files: z.array(builtFile).max(64),
    })
    .describe('The pipeline ended, cancelled or not; kept with its log and files until DONE.'),
  BYE: empty.describe('Going away in good order: its lease is freed at once, uncounted.'),
};

/** Everything the master may say to a slave. */
export const toSlave = {
  WELCOME: z
    .object({
      n: z.int().nonnegative(),
      slave: slaveId,
      epoch: z.int(),
      logOffset: z.int().nonnegative(),
      verdict: z.enum(['go-on', 'forget']).nullable(),
      watched: z.boolean(),
    })
    .describe('The answer to HELLO: from where the log goes on, and what to do with the attempt named there.'),
  WHO: empty.describe('I do not know you: HELLO, please.'),
  HEARD: z
    .object({
      epoch: z.int(),
      attempt: attemptId.nullable(),
      logOffset: z.int().nonnegative(),
      watched: z.boolean(),
      paused: pause.nullable(),
    })
    .describe(
      'The answer to ALIVE, and to LOG: a full window goes on at once. A new epoch asks for HELLO; `paused` says why no work comes.',
    ),
  BUILD: z
    .object({
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
    })
    .describe(
      'Build this. `buildTag` is null but for a rebuild on purpose; `farmIndexUrl` is where the wheels of this farm are.',
    ),
  CANCEL: z.object({ attempt: attemptId, reason: sentence }).describe('Stop within 10 s, clean up, say BUILT.'),
  SEND: z
    .object({ attempt: attemptId, filename, offset: z.int().nonnegative(), ticket: bytes })
    .describe('Send that file on the file queue, from the offset on, under the ticket.'),
  DONE: z.object({ attempt: attemptId }).describe('Everything is safe with the master: forget the attempt.'),
  DIE: z
    .object({ when: z.enum(['now', 'idle']), restart: z.boolean() })
    .describe('Stop, at once or when idle; start again or stay away.'),
  REFUSED: z
    .object({ reason: sentence })
    .describe(
      'A wrong protocol, the label of another owner, or more slaves or targets of its owner than are kept: the slave stays up and asks again every minute.',
    ),
};

export type FromSlave = MessageOf<typeof fromSlave>;
export type ToSlave = MessageOf<typeof toSlave>;
export type Hello = z.output<typeof fromSlave.HELLO>;
export type Built = z.output<typeof fromSlave.BUILT>;
export type Build = z.output<typeof toSlave.BUILD>;
export type HeldAttempt = z.output<typeof heldAttempt>;
