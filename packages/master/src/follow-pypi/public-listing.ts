import { withoutCredentials } from '@piw/host/pip/without-credentials';
import type { PackageName } from '@piw/wheel/package-name';
import type { ProjectFile, ProjectPage } from '@piw/wheel/project-file';
import { isFileOf } from '@piw/wheel/project-listings';
import { parseSdistName } from '@piw/wheel/sdist-name';
import { parseWheelName } from '@piw/wheel/wheel-name';

/** A version as anybody writes one, of PEP 440 or older; nothing that a page or a strict JSON reader would choke on. */
const plainVersion = /^[A-Za-z0-9][\w.+!-]*$/;

/**
 * What of an index's page our own pages may say: files of that package on the web, addresses without the credentials that the index was
 * asked with; the versions are those of the files where it tells none (PEP 700 asks it to). Of a project in quarantine nothing is
 * to be offered, whatever the page lists (PEP 792).
 */
export function publicListing(name: PackageName, reply: Omit<ProjectPage, 'name'>): Omit<ProjectPage, 'name'> {
  const listed = reply.status === 'quarantined' ? [] : reply.files;
  const files = listed.filter((file) => isFileOf(name, file) && isPublic(file.url)).map(publicFile);
  const told = reply.versions.filter((version) => plainVersion.test(version));
  return { ...reply, files, versions: told.length > 0 ? told : versionsOf(files, name) };
}

const publicFile = (file: ProjectFile): ProjectFile => ({
  ...file,
  url: withoutCredentials(file.url),
  provenance: file.provenance !== null && isPublic(file.provenance) ? withoutCredentials(file.provenance) : null,
});

const isPublic = (url: string): boolean => /^https?:/i.test(url);

const versionsOf = (files: readonly ProjectFile[], name: PackageName): string[] => [
  ...new Set(
    files
      .map(({ filename }) => parseSdistName(filename, name) ?? parseWheelName(filename)?.version)
      .filter((version) => version !== undefined),
  ),
];
