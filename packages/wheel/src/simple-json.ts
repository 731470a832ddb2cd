import { hashesInJson } from './file-hashes.ts';
import { filesInOrder, type ProjectFile, type ProjectPage, yankedReason } from './project-file.ts';
import { formatUploadTime } from './upload-time.ts';
import { sortByVersion } from './version.ts';

/** The page of a package in the simple index as JSON (PEP 691, 700, 714, 740, 792). */
export function projectJson({ name, files, versions, status, statusReason }: ProjectPage): string {
  return JSON.stringify({
    // PEP 700 asks for every file's size.
    meta: { 'api-version': files.every(({ sizeBytes }) => sizeBytes !== null) ? '1.4' : '1.0' },
    name,
    'project-status': status === 'active' ? undefined : { status, reason: statusReason ?? undefined },
    versions: sortByVersion([...new Set(versions)], (version) => version),
    files: filesInOrder(files).map(fileJson),
  });
}

/** The list of all packages in the simple index as JSON (PEP 691); names are canonical. */
export const rootJson = (names: readonly string[]): string =>
  JSON.stringify({
    meta: { 'api-version': '1.1' },
    projects: [...new Set(names)].sort().map((name) => ({ name })),
  });

/** JSON.stringify leaves out what is undefined. */
function fileJson(file: ProjectFile): Record<string, unknown> {
  const metadata = file.metadataSha256 === null ? undefined : { sha256: file.metadataSha256 };
  const reason = yankedReason(file);
  return {
    filename: file.filename,
    url: file.url,
    hashes: hashesInJson(file),
    'requires-python': file.requiresPython ?? undefined,
    size: file.sizeBytes ?? undefined,
    'upload-time': formatUploadTime(file.uploadedAt),
    yanked: reason === undefined ? false : reason || true,
    // Not under its older name too: pip 22.3 to 23.0 dies of that one in JSON (PEP 714, Motivation).
    'core-metadata': metadata,
    provenance: file.provenance ?? undefined,
  };
}
