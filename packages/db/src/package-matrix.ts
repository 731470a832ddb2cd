import { outcome } from '@piw/wheel/outcome';
import type { PackageName } from '@piw/wheel/package-name';
import { sortByVersion, type Version, version } from '@piw/wheel/version';
import { z } from 'zod';
import { mapInTurns } from './in-turns.ts';
import { type Cell, type CellFacts, cellsOf, type MatrixTarget } from './matrix-cells.ts';
import { type Project, projectFiles } from './project-files.ts';
import type { Queryable } from './queryable.ts';
import { readRungs } from './rungs.ts';
import { servedWheels, UpstreamReader } from './upstream-wheels.ts';

const id = z.int();
/** What is known of one version but its files, as `cellsOf` takes it. */
const aboutVersion = z.object({
  packageId: id,
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
  select v.package_id as "packageId", version, released_at as "releasedMs", yanked, deleted_at is not null as deleted, asked_at is not null as asked,
    requires_python as "requiresPython", v.upstream, (select upstream from farm) = 'merge' as merges,
    (select coalesce(json_agg(target_id), '[]') from requests as r
      where r.version_id = v.version_id and r.ended_at is null) as requests,
    (select reason from skips as s where s.version_id = v.version_id and target_id is null) as skipped,
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
  from unnest($1::integer[]) as wanted (package_id)
  cross join lateral (
    select * from versions
    where package_id = wanted.package_id and ($3::text is null or version = $3)
    order by released_at desc
    limit $2
  ) as v`;

/** One version against every target. */
export interface MatrixRow
  extends Pick<z.output<typeof aboutVersion>, 'version' | 'releasedMs' | 'yanked' | 'deleted' | 'skipped' | 'asked'> {
  readonly cells: readonly Cell[];
}

/** A package, its versions from new to old, and how each stands at each target. */
export interface PackageMatrix extends Pick<Project, 'package' | 'description' | 'recipe' | 'skipped'> {
  readonly targets: readonly MatrixTarget[];
  readonly versions: readonly MatrixRow[];
}

/** How the newest 1,000 versions of packages, or just one of them, stand at the farm's targets, by the packages' names. */
export async function packageMatrices(
  db: Queryable,
  projects: readonly Project[],
  only: Version | null = null,
): Promise<ReadonlyMap<PackageName, PackageMatrix>> {
  const ids = projects.map(({ packageId }) => packageId);
  const found = await db.query({ name: 'matrix-versions', text: versionsText, values: [ids, 1000, only] });
  const reader = new UpstreamReader();
  const versions = await mapInTurns(found.rows, (row) => {
    const one = aboutVersion.parse(row);
    return { ...one, upstream: reader.read(one) };
  });
  const tags = [...projects.flatMap(({ files }) => files.flatMap((file) => file.tags)), ...reader.tags()];
  const targets = await readRungs(db, new Set(tags));
  const versionsOf = groupedBy(versions, ({ packageId }) => packageId);
  const matrixOf = async ({ packageId, package: name, description, recipe, skipped, files }: Project) => {
    const filesOf = groupedBy(files, ({ version }) => version);
    const facts = (versionsOf.get(packageId) ?? []).map((one) => ({ ...one, files: filesOf.get(one.version) ?? [] }));
    const sorted = sortByVersion(facts, (one) => one.version).toReversed();
    const versions = await mapInTurns(sorted, (one) => rowOf(targets, one));
    return { package: name, description, recipe, skipped, targets, versions };
  };
  const matrices = new Map<PackageName, PackageMatrix>();
  for (const project of projects) matrices.set(project.package, await matrixOf(project));
  return matrices;
}

/** The same of one package; undefined for an unknown one. */
export async function packageMatrix(
  db: Queryable,
  name: PackageName,
  only: Version | null = null,
): Promise<PackageMatrix | undefined> {
  const projects = await projectFiles(db, [name], only);
  return (await packageMatrices(db, [...projects.values()], only)).get(name);
}

function rowOf(targets: readonly MatrixTarget[], one: CellFacts & Omit<MatrixRow, 'cells'>): MatrixRow {
  const { version, releasedMs, yanked, deleted, skipped, asked } = one;
  return { version, releasedMs, yanked, deleted, skipped, asked, cells: cellsOf(targets, one) };
}

function groupedBy<K, T>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
