import { packageMatrices } from '@piw/db/package-matrix';
import { projectFiles } from '@piw/db/project-files';
import { hastenUpstreamPages, upstreamListings } from '@piw/db/upstream-pages';
import { packageName } from '@piw/wheel/package-name';
import { drawPackage } from './draw-package.ts';
import type { FarmSite } from './farm-site.ts';

/** Who writes a page asks upstream anew for what it said longer ago than this, in milliseconds. */
const freshMs = 10 * 60_000;

/** Writes all pages of packages, whose facts are read together; a package that is unknown loses them. */
export async function writePackages({ db, folder, about }: FarmSite, subjects: readonly string[]): Promise<void> {
  const names = subjects.map((subject) => packageName.parse(subject));
  const projects = await projectFiles(db, names);
  const [matrices, listings] = await Promise.all([
    packageMatrices(db, [...projects.values()]),
    upstreamListings(db, names),
  ]);
  const drawn = names.map((name) =>
    drawPackage({
      ...{ name, project: projects.get(name), matrix: matrices.get(name), upstream: listings.get(name) },
      about,
    }),
  );
  await folder.remove(...drawn.flatMap(({ gone }) => gone));
  await folder.putAll(drawn.flatMap(({ pages }) => Object.entries(pages)));
  const merged = names.filter((name) => listings.has(name) && projects.get(name)?.files.length);
  await hastenUpstreamPages(db, merged, freshMs);
}
