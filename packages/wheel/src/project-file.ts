/** A file as an index lists it (PEP 503, 592, 658, 691, 700, 740). Null: the index doesn't tell. */
export interface ProjectFile {
  readonly filename: string;
  /** Absolute, or relative to the page; without a fragment. */
  readonly url: string;
  readonly sha256: string | null;
  /** What else installers verify, by the names that hashlib has for it (PEP 691). */
  readonly otherHashes?: Readonly<Record<string, string>> | undefined;
  readonly sizeBytes: number | null;
  /** When it was uploaded; text is ISO 8601. */
  readonly uploadedAt: Date | string | null;
  readonly requiresPython: string | null;
  /** The reason, which may be empty, or just true. */
  readonly yanked: string | boolean | null;
  /** The hash of the METADATA that stands beside the file as `.metadata`. */
  readonly metadataSha256: string | null;
  /** Where its attestations are (PEP 740). */
  readonly provenance: string | null;
}

/** The states that a project may be in (PEP 792). */
export const projectStatuses = ['active', 'archived', 'quarantined', 'deprecated'] as const;

/** How a project is doing, and why if its authors or the index say so (PEP 792). */
export interface ProjectStatus {
  readonly status: (typeof projectStatuses)[number];
  readonly statusReason: string | null;
}

/** A project of which nothing special is said. */
export const active: ProjectStatus = { status: 'active', statusReason: null };

/** All that the page of a package says. */
export interface ProjectPage extends ProjectStatus {
  readonly name: string;
  readonly files: readonly ProjectFile[];
  readonly versions: readonly string[];
}

/** What a page lists, each filename once, in an order that depends on nothing else. */
export function filesInOrder(files: readonly ProjectFile[]): ProjectFile[] {
  const byFilename = new Map(files.map((file) => [file.filename, file]));
  return [...byFilename.values()].sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

/** Why a file is yanked, empty where no reason is given; undefined where it isn't (PEP 592). */
export const yankedReason = ({ yanked }: Pick<ProjectFile, 'yanked'>): string | undefined =>
  yanked === null || yanked === false ? undefined : yanked === true ? '' : yanked;
