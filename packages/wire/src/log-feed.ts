import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from './control-client.ts';
import { ControlError } from './control-error.ts';
import type { Answer } from './control-protocol.ts';
import { type LogEvent, logEvents, logTopic } from './status-protocol.ts';
import { subscribe } from './subscriber.ts';

/** A piece of a log and where it begins, in bytes; nothing follows the piece that has `ended`, which may be empty. */
export interface LogPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly ended: boolean;
}

/** A piece, and whether it came as it was written: what was asked for had been there for nobody knows how long. */
export interface FollowedPiece extends LogPiece {
  readonly isLive: boolean;
}

export interface LogFeedOptions {
  readonly statusAddress: string;
  readonly control: ControlClient;
  readonly attempt: number;
  /** Where to begin, in bytes. */
  readonly from?: number;
  /** After a silence as long as this control is asked (default 5 s). */
  readonly quietMs?: number;
  /** How long after a question that a master away didn't answer the next one (default 1 s). */
  readonly retryMs?: number;
}

/**
 * An attempt's log from its beginning (or `from`) to its end, piece after piece without gap or overlap: what is there from control,
 * the rest as it is written. Ends with the log or the signal; waits for a master that is away; throws a ControlError where it refuses, or lets nobody in.
 */
export async function* followLog(options: LogFeedOptions, signal: AbortSignal): AsyncGenerator<FollowedPiece, void> {
  const { statusAddress, attempt, from = 0, quietMs = 5000 } = options;
  const events = subscribe({
    address: statusAddress,
    topic: logTopic(attempt),
    hears: logEvents,
    keys: options.control.keys,
  });
  try {
    let offset = from;
    while (!signal.aborted) {
      for await (const piece of pieces(offset, options, () => events.take(quietMs, signal), signal)) {
        yield piece;
        if (piece.ended) return;
        offset = piece.offset + piece.bytes.length;
      }
    }
  } finally {
    events.close();
  }
}

/** First from control until all is had, then from the stream until a gap or a silence. */
async function* pieces(
  from: number,
  options: LogFeedOptions,
  take: () => Promise<LogEvent[]>,
  signal: AbortSignal,
): AsyncGenerator<FollowedPiece, void> {
  let offset = from;
  for (let whole = false; !whole; ) {
    const part = await ask(options, offset, signal);
    if (!part) return;
    offset += part.bytes.length;
    whole = part.bytes.length === 0 || offset >= part.sizeBytes;
    const ended = part.ended && whole;
    if (part.bytes.length > 0 || ended) yield { offset: part.offset, bytes: part.bytes, ended, isLive: false };
  }
  for (let events = await take(); events.length > 0; events = await take()) {
    for (const { body } of events) {
      if (body.offset > offset) return;
      const bytes = body.bytes.subarray(offset - body.offset);
      const piece = { offset, bytes, ended: body.ended, isLive: true };
      offset += piece.bytes.length;
      if (piece.bytes.length > 0 || piece.ended) yield piece;
    }
  }
}

/** What a question brings at most, in bytes. */
const limit = 1 << 18;

async function ask(
  { control, attempt, retryMs = 1000 }: LogFeedOptions,
  offset: number,
  signal: AbortSignal,
): Promise<Answer<'LOG'> | undefined> {
  try {
    return await control.ask('LOG', { attempt, offset, limit }, { signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof ControlError && ['refused', 'unadmitted', 'garbled'].includes(error.kind)) throw error;
    await delay(retryMs, undefined, { signal }).catch(() => undefined);
    return undefined;
  }
}
