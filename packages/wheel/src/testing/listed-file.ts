import type { ProjectFile } from '../project-file.ts';

/** A file as an index lists it that says no more than it must. */
export const listedFile = (filename: string, known: Partial<ProjectFile> = {}): ProjectFile => ({
  filename,
  url: `https://files.example/${filename}`,
  sha256: null,
  sizeBytes: null,
  uploadedAt: null,
  requiresPython: null,
  yanked: null,
  metadataSha256: null,
  provenance: null,
  ...known,
});
