/** `["CHUNK", {"ticket": 16 bytes, "offset": 64 bits, "bytes": 32 bits of length and …}]` in CBOR (RFC 8949), as far as it is the same for all. */
const head = Buffer.concat([
  Buffer.from([0x82, 0x65]),
  Buffer.from('CHUNK'),
  Buffer.from([0xa3, 0x66]),
  Buffer.from('ticket'),
  Buffer.from([0x50, ...new Uint8Array(16), 0x66]),
  Buffer.from('offset'),
  Buffer.from([0x1b, ...new Uint8Array(8), 0x65]),
  Buffer.from('bytes'),
  Buffer.from([0x5a, ...new Uint8Array(4)]),
]);
const ticketAt = head.indexOf('ticket') + 7;
const offsetAt = head.indexOf('offset') + 7;
const lengthAt = head.length - 4;

/** A CHUNK in its frame, with room for its bytes: what a file is read into is what a socket sends, and may be filled again afterwards. */
export class ChunkFrame {
  /** Where the chunk's bytes belong. */
  readonly room: Buffer;
  readonly #frame: Buffer;

  constructor(ticket: Uint8Array, mostBytes: number) {
    this.#frame = Buffer.allocUnsafeSlow(head.length + mostBytes);
    this.#frame.set(head);
    this.#frame.set(ticket, ticketAt);
    this.room = this.#frame.subarray(head.length);
  }

  /** The message whose bytes are the first so many of the room. */
  packed(offset: number, length: number): Uint8Array {
    this.#frame.writeBigUInt64BE(BigInt(offset), offsetAt);
    this.#frame.writeUInt32BE(length, lengthAt);
    return this.#frame.subarray(0, head.length + length);
  }
}
