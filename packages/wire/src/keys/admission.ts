import { z } from 'zod';
import { type MessageOf, pack, type Table, unpack } from '../table.ts';
import { bytes } from '../vocabulary.ts';
import { publicKey } from './key-text.ts';

/**
 * Below every conversation of a socket with keys: whose key a connection is. zeromq lets only authorized keys connect, and doesn't tell
 * which of them a message came from.
 */
const thirtyTwo = (what: string) => bytes.refine((value) => value.length === 32, `${what} has 32 bytes`);
const sixteen = (what: string) => bytes.refine((value) => value.length === 16, `${what} has 16 bytes`);

/** What one who wants in says. */
export const toDoor = {
  KNOCK: z.object({}).describe('On each connection, and again every second until admitted.'),
  PROOF: z
    .object({ key: publicKey, proof: thirtyTwo('a proof') })
    .describe(
      'The answer to CHALLENGE: HMAC-SHA256 under the X25519 secret of the two keys, over "piwheels proof 1", the nonce, the public keys of both (32 bytes each), and the name of the socket: slave, file or control.',
    ),
};

/** What the master says to that. */
export const fromDoor = {
  CHALLENGE: z
    .object({ nonce: thirtyTwo('a nonce') })
    .describe(
      'The answer to KNOCK, and to whatever else is said by a connection that has proved nothing: prove your key.',
    ),
  ADMITTED: z
    .object({ token: sixteen('a token') })
    .describe('From here on it is heard, if a frame with the token goes before each message.'),
  DENIED: z.object({}).describe('That proves no key that may come in here, or may any more.'),
};

export type ToDoor = MessageOf<typeof toDoor>;
export type FromDoor = MessageOf<typeof fromDoor>;

/** CBOR's null: it goes before a message about admission, so that it can't be taken for one of the conversation, which are lists. */
const mark = 0xf6;

/** A message about admission, packed. */
export const packDoor = <T extends Table>(table: T, message: MessageOf<T>): Uint8Array =>
  Buffer.concat([Buffer.of(mark), pack(table, message)]);

/** Whether bytes are about admission. */
export const isAboutAdmission = (bytes: Uint8Array): boolean => bytes[0] === mark;

/** What such bytes say; throws a ProtocolError. */
export const unpackDoor = <T extends Table>(table: T, bytes: Uint8Array): MessageOf<T> =>
  unpack(table, bytes.subarray(1), 20);
