import { type PackageName, packageName } from '@piw/wheel/package-name';
import { sortByVersion, type Version, version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const projectFile = z.object({
  filename: z.string(),
  sha256: z.string(),
  sizeBytes: z.int(),
  version,
  tags: z.array(z.string()),
  buildTag: z.string().nullable(),
  requiresPython: z.string().nullable(),
  metadataSha256: z.string(),
  builtOn: z.int(),
  hasElf: z.boolean(),
  yanked: z.string().nullable(),
  publishedMs: z.number(),
  attempt: z.int().nullable(),
  dependencies: z.record(z.string(), z.array(z.string())),
});
const project = z.object({
  packageId: z.int(),
  package: packageName,
  description: z.string().nullable(),
  recipe: z.record(z.string(), z.unknown()).nullable(),
  skipped: z.string().nullable(),
  status: z.enum(['active', 'archived', 'quarantined', 'deprecated']),
  files: z.array(projectFile),
});

/** A listed file, as the pages of its package need it. */
export type ProjectFileRow = z.output<typeof projectFile>;

/** A package, and why it is skipped if it is, with its listed files: by version from old to new, then by name. */
export type Project = z.output<typeof project>;

const text = `
  select package_id as "packageId", name as package, description, recipe, status,
    (select reason from skips as s where s.package_id = p.package_id and version_id is null and target_id is null) as skipped,
    (select coalesce(json_agg(json_build_object('filename', filename, 'sha256', sha256, 'sizeBytes', size_bytes,
        'version', version, 'tags', tags, 'buildTag', build_tag, 'requiresPython', f.requires_python,
        'metadataSha256', metadata_sha256, 'builtOn', built_on, 'hasElf', has_elf, 'yanked', yanked,
        'publishedMs', (extract(epoch from published_at) * 1000)::bigint, 'attempt', attempt_id,
        'dependencies', dependencies)), '[]')
      from versions as v join files as f using (version_id)
      where v.package_id = p.package_id and listed and ($2::text is null or version = $2)) as files
  from packages as p
  where name = any ($1)`;

const list = {
  name: 'packages-with-pages',
  text: `
    select name,
      exists (select from versions join files using (version_id) where package_id = p.package_id and listed) as "hasFiles"
    from packages as p
    where exists (select from pages where kind = 'package' and subject = p.name)
    order by name`,
};
const listedPackage = z.object({ name: packageName, hasFiles: z.boolean() });

/** Packages with their listed files, or those of just one version, by their names; one that the farm doesn't know is missing. */
export async function projectFiles(
  db: Queryable,
  names: readonly PackageName[],
  only: Version | null = null,
): Promise<ReadonlyMap<PackageName, Project>> {
  const found = await rows(db, { name: 'project-files', text }, project, [names, only]);
  return new Map(found.map((one) => [one.package, { ...one, files: inOrder(one.files) }]));
}

/** All packages that have pages, in alphabetical order, and whether they have listed files. */
export const allPackages = (db: Queryable): Promise<z.output<typeof listedPackage>[]> => rows(db, list, listedPackage);

const inOrder = (files: readonly ProjectFileRow[]): ProjectFileRow[] =>
  sortByVersion(
    files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)),
    (file) => file.version,
  );
