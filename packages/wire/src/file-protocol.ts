import { z } from 'zod';
import type { MessageOf } from './table.ts';
import { bytes } from './vocabulary.ts';

/** A chunk's size, and how many may be on their way. */
export const chunkBytes = 1 << 20;
export const chunksInFlight = 8;

/** How the master listens: what a connection says faster than it is written waits with the slave. */
export const atTheDesk = { maxBytes: chunkBytes + 1024, waiting: 2 * chunksInFlight };

const ticket = bytes.refine((value) => value.length === 16, 'a ticket has 16 bytes');

/** What a slave says on the file queue. */
export const fromSender = {
  CHUNK: z
    .object({
      ticket,
      offset: z.int().nonnegative(),
      bytes: bytes.refine((value) => value.length <= chunkBytes, 'a chunk has 1 MiB at most'),
    })
    .describe('A piece of the file that the ticket stands for; eight may be on their way.'),
};

/** What the master answers. */
export const toSender = {
  GOT: z.object({ ticket, offset: z.int().nonnegative() }).describe('All bytes before `offset` are with the master.'),
};

export type FromSender = MessageOf<typeof fromSender>;
export type ToSender = MessageOf<typeof toSender>;
