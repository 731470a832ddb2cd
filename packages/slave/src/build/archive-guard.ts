import path from 'node:path';
import { BadArchive } from './bad-archive.ts';

/** What an archive may unfold to. */
export interface UnpackBounds {
  readonly totalBytes: number;
  readonly entries: number;
}

/** Judges the entries of a stranger's archive one after the other, and throws BadArchive at the first that is not as PEP 721 asks. */
export class ArchiveGuard {
  readonly #bounds: UnpackBounds;
  #bytes = 0;
  #entries = 0;

  constructor(bounds: UnpackBounds) {
    this.#bounds = bounds;
  }

  /** A file or folder at `name` inside the archive. */
  entry(name: string, bytes: number): void {
    this.#entries += 1;
    if (this.#entries > this.#bounds.entries) throw new BadArchive(`It holds more than ${this.#bounds.entries} files.`);
    this.bytes(bytes);
    if (escapes(name)) throw new BadArchive(`"${name}" would lie outside of the archive's folder.`);
  }

  /** A link at `name` to `target`, itself relative to the folder of `name`, or for a hard link to the archive. */
  link(name: string, target: string, from: 'folder' | 'archive'): void {
    const reached = from === 'folder' ? path.posix.join(path.posix.dirname(name), target) : target;
    if (path.posix.isAbsolute(target) || escapes(reached))
      throw new BadArchive(`The link "${name}" points outside of the archive, to "${target}".`);
  }

  /** Bytes that were unpacked, or that an entry says it has. */
  bytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.#bounds.totalBytes)
      throw new BadArchive(`It unfolds to more than ${this.#bounds.totalBytes} bytes.`);
  }
}

function escapes(name: string): boolean {
  const parts = name.split('/');
  return name.includes('\0') || name.includes('\\') || path.posix.isAbsolute(name) || depths(parts).some((d) => d < 0);
}

/** How deep below the top each part of a path gets; negative where it leaves. */
function depths(parts: readonly string[]): number[] {
  let depth = 0;
  return parts.map((part) => (depth += part === '..' ? -1 : part === '.' || part === '' ? 0 : 1));
}
