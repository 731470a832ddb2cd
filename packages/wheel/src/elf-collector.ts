import { Buffer } from 'node:buffer';
import { type Elf, likelyRanges, parseElf, type Range } from './elf.ts';
import { ElfError, MissingBytes, PartialFile, type Piece } from './elf-bytes.ts';
import { startsElf } from './elf-header.ts';

/** So much of an ELF file's beginning is kept while it streams by: all of most extension modules, the names of most others. */
const beginningBytes = 4 << 20;
/** A second look fetches at least this much, since what is asked for next lies nearby. */
const secondLookBytes = 1 << 20;
/** Segments, dynamic section and string table may each be elsewhere. */
const mostLooks = 4;

/** Keeps what counts of a file of `sizeBytes` that streams by, where it is an ELF file. */
export class ElfCollector {
  readonly #sizeBytes: number;
  #kept: Kept[] = [];
  #seen = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /** Takes the next bytes; they are copied where they count. */
  write(bytes: Uint8Array): void {
    if (this.#seen === 0 && mayStartElf(bytes))
      this.#kept.push(new Kept({ offset: 0, length: Math.min(this.#sizeBytes, beginningBytes) }));
    for (const kept of this.#kept) kept.write(this.#seen, bytes);
    const before = this.#seen;
    this.#seen += bytes.length;
    if (before >= beginningBytes || this.#seen < beginningBytes) return;
    const further = this.#kept.flatMap((beginning) => likelyRanges(new PartialFile(this.#sizeBytes, [beginning])));
    for (const range of further) {
      const kept = new Kept(range);
      kept.write(before, bytes);
      this.#kept.push(kept);
    }
  }

  /** What was kept; undefined where the file is no ELF file. */
  end(): readonly Piece[] | undefined {
    const [beginning] = this.#kept;
    return beginning !== undefined && startsElf(beginning.bytes) ? this.#kept : undefined;
  }
}

/** A range of a stream, filled as it passes. */
class Kept implements Piece {
  readonly offset: number;
  readonly bytes: Buffer;

  constructor({ offset, length }: Range) {
    this.offset = offset;
    this.bytes = Buffer.alloc(length);
  }

  write(position: number, bytes: Uint8Array): void {
    const from = Math.max(0, this.offset - position);
    const to = Math.min(bytes.length, this.offset + this.bytes.length - position);
    if (from < to) this.bytes.set(bytes.subarray(from, to), position + from - this.offset);
  }
}

/** A first piece may be shorter than the magic number. */
const mayStartElf = (bytes: Uint8Array): boolean => bytes.length < 4 || startsElf(bytes);

/**
 * Reads an ELF file of which some pieces are at hand; `lookAgain` fetches further ranges of it where they count.
 * Undefined where it cannot be understood: wheels carry broken ones as test data, and that is no fault.
 */
export async function readElf(
  sizeBytes: number,
  atHand: readonly Piece[],
  lookAgain: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<Elf | undefined> {
  const pieces = [...atHand];
  for (let looks = 0; looks < mostLooks; looks++) {
    try {
      return parseElf(new PartialFile(sizeBytes, pieces));
    } catch (error) {
      if (error instanceof ElfError) return undefined;
      if (!(error instanceof MissingBytes)) throw error;
      const length = Math.min(Math.max(error.length, secondLookBytes), sizeBytes - error.offset);
      pieces.push({ offset: error.offset, bytes: await lookAgain(error.offset, length) });
    }
  }
  return undefined;
}
