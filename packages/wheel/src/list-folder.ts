import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProjectListing } from './index-reply.ts';

/** What lies in a folder that pip's find-links names, as an index would list it; undefined where it names no folder. */
export async function listFolder(place: string): Promise<ProjectListing | undefined> {
  if (/^[a-z][a-z+]+:/i.test(place) && !place.startsWith('file:')) return undefined;
  const folder = place.startsWith('file:') ? fileURLToPath(place) : path.resolve(place);
  const names = await readdir(folder).catch(() => []); // pip, too, passes over a folder that isn't there
  return {
    files: names.map((filename) => ({ filename, url: pathToFileURL(path.join(folder, filename)).href, ...unknown })),
  };
}

const unknown = {
  sha256: null,
  sizeBytes: null,
  uploadedAt: null,
  requiresPython: null,
  yanked: null,
  metadataSha256: null,
  provenance: null,
};
