import { constants, type FileHandle, open, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isServable } from './site-path.ts';

/** An open file of the site; whoever has it closes it. */
export interface PublishedFile {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
  readonly modified: Date;
  /** Changes whenever the file is replaced. */
  readonly tag: string;
}

/** What lies at a path of the site: a file, now open; a folder; or nothing that may be seen. */
export type Published = PublishedFile | 'folder' | 'nothing';

/** Opens a file below the (real) root; links may not lead out of what is served. */
export async function openPublished(root: string, segments: readonly string[]): Promise<Published> {
  try {
    const path = await realpath(join(root, ...segments));
    if (!isServed(relative(root, path))) return 'nothing';
    return await openFile(path);
  } catch (error) {
    if (missing.has((error as NodeJS.ErrnoException).code ?? '')) return 'nothing';
    throw error;
  }
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES']);

function isServed(path: string): boolean {
  const parts = path === '' ? [] : path.split(sep);
  return parts.every(isServable) && parts[0] !== 'incoming';
}

async function openFile(path: string): Promise<Published> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe must not make us wait
  const stat = await handle.stat({ bigint: true });
  if (stat.isFile()) {
    const tag = [stat.size, stat.mtimeNs, stat.ino].map((part) => part.toString(36)).join('-');
    return { handle, sizeBytes: Number(stat.size), modified: stat.mtime, tag };
  }
  await handle.close();
  return stat.isDirectory() ? 'folder' : 'nothing';
}
