import { z } from 'zod';
import { withCleanText } from './clean-text.ts';
import { decode, encode } from './codec.ts';
import { encodeInTurns } from './encode-in-turns.ts';

/** A conversation: message types and what their bodies hold. */
export type Table = Readonly<Record<string, z.ZodType>>;

/** `{ type: 'BUILD', body: Build } | { type: 'DONE', body: … } | …` */
export type MessageOf<T extends Table> = {
  [K in keyof T & string]: { readonly type: K; readonly body: z.output<T[K]> };
}[keyof T & string];

/** The peer's fault: it said something that is not in the table. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

const frame = z.tuple([z.string().max(40), z.unknown()]);

/** A message of this table as one CBOR frame, `[type, body]`. */
export const pack = <T extends Table>(_: T, { type, body }: MessageOf<T>): Uint8Array => encode([type, body]);

/** The same of one that may be large: others have their turn meanwhile. */
export const packInTurns = <T extends Table>(_: T, { type, body }: MessageOf<T>): Promise<Uint8Array> =>
  encodeInTurns([type, body]);

/** Bytes from a stranger become a message of this table with clean text, or a ProtocolError. Never a guess. */
export function unpack<T extends Table>(table: T, bytes: Uint8Array, maxItems?: number): MessageOf<T> {
  const parts = frame.safeParse(decodeOrRefuse(bytes, maxItems));
  if (!parts.success) throw new ProtocolError('not a [type, body] pair');
  const [type, raw] = parts.data;
  const schema = Object.hasOwn(table, type) ? table[type] : undefined;
  if (!schema) throw new ProtocolError(`unknown message ${type}; expected ${Object.keys(table).join(', ')}`);
  const body = schema.safeParse(raw);
  if (!body.success) throw new ProtocolError(`bad ${type}: ${firstFault(body.error)}`);
  return { type, body: withCleanText(body.data) } as MessageOf<T>; // the one cast
}

/** `targets[3].abi: Invalid input…`: the first fault of a body, for a log or a refusal; a stranger may commit thousands. */
export function firstFault({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'unknown fault';
  return issue.path.length > 0 ? `${z.core.toDotPath(issue.path)}: ${issue.message}` : issue.message;
}

function decodeOrRefuse(bytes: Uint8Array, maxItems?: number): unknown {
  try {
    return decode(bytes, maxItems);
  } catch (cause) {
    throw new ProtocolError(`not plain CBOR: ${(cause as Error).message}`, { cause });
  }
}
