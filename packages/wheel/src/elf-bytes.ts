/** The file is no ELF file that can be understood. */
export class ElfError extends Error {
  override readonly name = 'ElfError';
}

/** Bytes that the answer depends on are in the file but were not given. */
export class MissingBytes extends Error {
  override readonly name = 'MissingBytes';
  readonly offset: number;
  readonly length: number;

  constructor(offset: number, length: number) {
    super(`${length} bytes at ${offset} are needed`);
    this.offset = offset;
    this.length = length;
  }
}

/** A piece of a file: its offset in it, and its bytes. */
export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A file of `sizeBytes` of which only some pieces are at hand. */
export class PartialFile {
  readonly sizeBytes: number;
  readonly #pieces: readonly Piece[];

  constructor(sizeBytes: number, pieces: readonly Piece[]) {
    this.sizeBytes = sizeBytes;
    this.#pieces = pieces;
  }

  /** The bytes from `offset`; ElfError where the file has none there, MissingBytes where they are not at hand. */
  view(offset: number, length: number): DataView {
    if (offset < 0 || length < 0 || !(offset + length <= this.sizeBytes))
      throw new ElfError(`says that ${length} bytes are at ${offset}, beyond its end`);
    const piece = this.#pieces.find(
      (each) => each.offset <= offset && offset + length <= each.offset + each.bytes.length,
    );
    if (piece === undefined) throw new MissingBytes(offset, length);
    return new DataView(piece.bytes.buffer, piece.bytes.byteOffset + offset - piece.offset, length);
  }
}
