import { type RecordRow, soundHashes } from './record.ts';
import { quoted } from './unsound-error.ts';
import type { ZipEntry } from './zip-entry.ts';

/** An archive's file as it was found: its size, and its digest by the algorithm that RECORD names, in URL-safe base64. */
export interface FoundFile {
  readonly sizeBytes: number;
  readonly digest: string | null;
}

/**
 * Where RECORD and the files of a wheel disagree; a sentence a fault. Rows for directories and rows without a size are
 * allowed, though the specification has neither: some backends write them.
 */
export function* recordFaults(
  record: ReadonlyMap<string, RecordRow>,
  files: ReadonlyMap<string, FoundFile>,
  entries: readonly ZipEntry[],
  distInfo: string,
): Generator<string> {
  const unhashed = exempt(distInfo);
  const folders = foldersOf(entries);
  for (const [path, file] of files) {
    const row = record.get(path);
    if (unhashed.has(path)) continue;
    const what = row === undefined ? 'is not in RECORD' : rowFault(row, file);
    if (what !== undefined) yield `${quoted(path)} ${what}.`;
  }
  for (const path of record.keys())
    if (!files.has(path) && !unhashed.has(path) && !folders.has(path.replace(/\/$/, '')))
      yield `RECORD lists ${quoted(path)}, which is not in the archive.`;
}

/** RECORD itself and its signatures need no row (PEP 427, "Signed wheel files"). */
const exempt = (distInfo: string): ReadonlySet<string> =>
  new Set(['RECORD', 'RECORD.jws', 'RECORD.p7s'].map((name) => `${distInfo}/${name}`));

function rowFault(row: RecordRow, file: FoundFile): string | undefined {
  if (row.algorithm === null) return 'has no hash in RECORD';
  if (!soundHashes.has(row.algorithm)) return `has a hash in RECORD that proves nothing, ${row.algorithm}`;
  if (row.sizeBytes !== null && row.sizeBytes !== file.sizeBytes) return 'does not have the size that RECORD says';
  return row.digest === file.digest ? undefined : 'does not have the hash that RECORD says';
}

/** Every directory that the archive has, with or without an entry of its own. */
function foldersOf(entries: readonly ZipEntry[]): Set<string> {
  const folders = new Set<string>();
  for (const { name } of entries)
    for (let at = name.lastIndexOf('/'); at > 0 && !folders.has(name.slice(0, at)); at = name.lastIndexOf('/', at - 1))
      folders.add(name.slice(0, at));
  return folders;
}
