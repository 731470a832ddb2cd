import { outcome } from '@piw/wheel/outcome';
import { type PackageName, packageName } from '@piw/wheel/package-name';
import { compareVersions, type Version, version } from '@piw/wheel/version';
import { z } from 'zod';
import { type Cell, type CellFacts, cellsOf, type MatrixTarget } from './matrix-cells.ts';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';
import { readRungs } from './rungs.ts';
import { servedWheels, UpstreamReader } from './upstream-wheels.ts';

const id = z.int();
const aboutPackage = z.object({
  packageId: id,
  package: packageName,
  description: z.string().nullable(),
  recipe: z.record(z.string(), z.unknown()).nullable(),
  skipped: z.string().nullable(),
});

const packageText = `
  select package_id as "packageId", name as package, description, recipe,
    (select reason from skips as s where s.package_id = p.package_id and version_id is null and target_id is null) as skipped
  from packages as p
  where name = $1`;

/** What is known of one version, as `cellsOf` takes it. */
const aboutVersion = z.object({
  version,
  releasedMs: z.number(),
  yanked: z.string().nullable(),
  deleted: z.boolean(),
  skipped: z.string().nullable(),
  asked: z.boolean(),
  requiresPython: z.string().nullable(),
  upstream: servedWheels,
  merges: z.boolean(),
  requests: z.array(id.nullable()),
  files: z.array(
    z.object({
      filename: z.string(),
      sha256: z.string(),
      tags: z.array(z.string()),
      requiresPython: z.string().nullable(),
      builtOn: id,
      hasElf: z.boolean(),
    }),
  ),
  attempts: z.array(
    z.object({
      attempt: id,
      targetId: id,
      outcome: outcome.nullable(),
      settles: z.boolean(),
      text: z.string().nullable(),
    }),
  ),
  jobs: z.array(z.object({ targetId: id, phase: z.enum(['ready', 'delayed', 'leased']) })),
  skips: z.array(z.object({ targetId: id.nullable(), reason: z.string() })),
});

const versionsText = `
  select version, released_at as "releasedMs", yanked, deleted_at is not null as deleted, asked_at is not null as asked,
    requires_python as "requiresPython", v.upstream, (select upstream from farm) = 'merge' as merges,
    (select coalesce(json_agg(target_id), '[]') from requests as r
      where r.version_id = v.version_id and r.ended_at is null) as requests,
    (select reason from skips as s where s.version_id = v.version_id and target_id is null) as skipped,
    (select coalesce(json_agg(json_build_object('filename', filename, 'sha256', sha256, 'tags', tags,
        'requiresPython', requires_python, 'builtOn', built_on, 'hasElf', has_elf) order by filename), '[]')
      from files as f where f.version_id = v.version_id and listed) as files,
    (select coalesce(json_agg(json_build_object('attempt', attempt_id, 'targetId', target_id, 'outcome', outcome,
        'settles', settles, 'text', reason_text)), '[]')
      from (
        select distinct on (target_id) * from attempts as a where a.version_id = v.version_id
        order by target_id, attempt_id desc
      ) as latest) as attempts,
    (select coalesce(json_agg(json_build_object('targetId', target_id, 'phase', phase)), '[]')
      from jobs as j where j.version_id = v.version_id) as jobs,
    (select coalesce(json_agg(json_build_object('targetId', target_id, 'reason', reason)), '[]')
      from skips as s
      where s.package_id = v.package_id and (s.version_id is null or s.version_id = v.version_id)) as skips
  from versions as v
  where package_id = $1 and ($3::text is null or version = $3)
  order by released_at desc
  limit $2`;

/** One version against every target. */
export interface MatrixRow
  extends Pick<z.output<typeof aboutVersion>, 'version' | 'releasedMs' | 'yanked' | 'deleted' | 'skipped' | 'asked'> {
  readonly cells: readonly Cell[];
}

/** A package, its versions from new to old, and how each stands at each target. */
export interface PackageMatrix extends Omit<z.output<typeof aboutPackage>, 'packageId'> {
  readonly targets: readonly MatrixTarget[];
  readonly versions: readonly MatrixRow[];
}

/** How a package's newest 1,000 versions, or one of them, stand at the farm's targets; undefined for an unknown package. */
export async function packageMatrix(
  db: Queryable,
  name: PackageName,
  only: Version | null = null,
): Promise<PackageMatrix | undefined> {
  const found = await firstRow(db, { name: 'matrix-package', text: packageText }, aboutPackage, [name]);
  if (!found) return undefined;
  const { packageId, ...about } = found;
  const versions = await rows(db, { name: 'matrix-versions', text: versionsText }, aboutVersion, [
    packageId,
    1000,
    only,
  ]);
  const reader = new UpstreamReader();
  const facts = versions.map((one): CellFacts => ({ ...one, upstream: reader.read(one) }));
  const tags = [...versions.flatMap(({ files }) => files.flatMap((file) => file.tags)), ...reader.tags()];
  const targets = await readRungs(db, new Set(tags));
  const row = (one: z.output<typeof aboutVersion>, i: number): MatrixRow => {
    const { version, releasedMs, yanked, deleted, skipped, asked } = one;
    return { version, releasedMs, yanked, deleted, skipped, asked, cells: cellsOf(targets, facts[i]!) };
  };
  return {
    ...about,
    targets,
    versions: versions.map(row).toSorted((a, b) => compareVersions(b.version, a.version)),
  };
}
