import path from 'node:path';
import { openPromise } from 'yauzl';
import { ArchiveGuard, type UnpackBounds } from './archive-guard.ts';
import { BadArchive } from './bad-archive.ts';
import { unpackEntry } from './unpack-zip.ts';

/**
 * Puts a sound wheel's files where an installer would that makes no scripts of entry points (PEP 427). False where some belong elsewhere
 * than into `sitePackages`, or can't lie there: that is for an installer to do, or to say.
 */
export async function unpackWheel(wheel: string, sitePackages: string, bounds: UnpackBounds): Promise<boolean> {
  const guard = new ArchiveGuard(bounds);
  const zip = await openPromise(wheel, { lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined) return false;
      guard.entry(place, entry.uncompressedSize);
      await unpackEntry(zip, entry, path.join(sitePackages, place));
    }
    return true;
  } catch (error) {
    if (error instanceof BadArchive || /^E(?:EXIST|ISDIR|NOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? ''))
      return false;
    throw error;
  } finally {
    zip.close();
  }
}

/** In an environment purelib and platlib are one folder. */
function placeOf(name: string): string | undefined {
  const [, kind, rest] = /^[^/]+\.data\/([^/]+)\/(.*)$/.exec(name) ?? [];
  if (kind === undefined) return name;
  return kind === 'purelib' || kind === 'platlib' ? rest : undefined;
}
