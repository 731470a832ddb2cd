import type { WheelLimits } from './expansion.ts';
import type { PackageName } from './package-name.ts';
import type { Tag } from './tag.ts';
import type { Version } from './version.ts';
import type { ElfFile } from './wheel-contents.ts';

/** What a wheel must be. */
export interface WheelExpectation {
  readonly filename: string;
  readonly package: PackageName;
  readonly version: Version;
  /** The tags that the target accepts. */
  readonly tags: ReadonlySet<Tag>;
  readonly sizeBytes?: number;
  /** In lower-case hexadecimal digits. */
  readonly sha256?: string;
  readonly limits?: Partial<WheelLimits>;
}

/** What a sound wheel says and holds. */
export interface WheelFacts {
  readonly filename: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly tags: readonly Tag[];
  readonly buildTag: string | null;
  readonly requiresPython: string | null;
  readonly requiresDist: readonly string[];
  readonly summary: string | null;
  /** METADATA as it stands in the wheel, which an index serves beside it (PEP 658). */
  readonly metadata: Uint8Array;
  readonly metadataSha256: string;
  readonly hasElf: boolean;
  /** Those of its ELF files that could be understood. */
  readonly elf: readonly ElfFile[];
  readonly modules: readonly string[];
  readonly rootIsPurelib: boolean;
  readonly uncompressedBytes: number;
}

/** A wheel is sound, or it has faults, a sentence each. */
export type Verdict =
  | { readonly sound: true; readonly facts: WheelFacts }
  | { readonly sound: false; readonly faults: readonly string[] };
