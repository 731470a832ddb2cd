import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { sdistExtension } from '@piw/wheel/sdist-name';
import type { UnpackBounds } from './archive-guard.ts';
import { BadArchive } from './bad-archive.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip } from './unpack-zip.ts';

/** What came out of an archive. */
export interface Unpacked {
  /** The folder with the sources, below which all of the archive lies. */
  readonly root: string;
  /** The time of its newest file, in ms since 1970; 0 where none is told. */
  readonly newestMs: number;
}

/**
 * Unpacks a source distribution into the new folder `to`, as PEP 721 asks: nothing outside of it, links only within,
 * no devices, within bounds. `python` decompresses what Node cannot. Throws BadArchive.
 */
export async function unpackSdist(
  archive: string,
  to: string,
  bounds: UnpackBounds,
  python: string,
): Promise<Unpacked> {
  await mkdir(to, { recursive: true });
  const extension = sdistExtension(path.basename(archive));
  const newestMs =
    extension === '.zip' ? await unpackZip(archive, to, bounds) : await unpackTar(archive, to, bounds, python);
  return { root: await sourceRoot(to), newestMs };
}

/** The one top folder of an archive; old ones that have none are their own. */
async function sourceRoot(to: string): Promise<string> {
  const entries = await readdir(to, { withFileTypes: true });
  const [only] = entries;
  if (only === undefined) throw new BadArchive('The archive is empty.');
  return entries.length === 1 && only.isDirectory() ? path.join(to, only.name) : to;
}
