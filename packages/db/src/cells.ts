import type { PackageName } from '@piw/wheel/package-name';
import { type Target, targetName } from '@piw/wheel/target';
import type { Version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';
import { UnknownCellError } from './unknown-cell-error.ts';

/** Part of the matrix of versions and targets: a package, one of its versions, one target of either. */
export interface Cells {
  readonly package: PackageName;
  readonly version: Version | null;
  readonly target: Target | null;
}

/** The same by their numbers; versionIds are all that it touches. */
export interface FoundCells {
  readonly packageId: number;
  readonly versionId: number | null;
  readonly targetId: number | null;
  readonly versionIds: readonly number[];
}

const find = {
  name: 'find-cells',
  text: `
    select package_id as "packageId",
      (select version_id from versions as v where v.package_id = p.package_id and v.version = $2) as "versionId",
      (select target_id from targets where abi = $3 and platform = $4) as "targetId"
    from packages as p
    where name = $1`,
};
const foundIds = z.object({
  packageId: z.int(),
  versionId: z.int().nullable(),
  targetId: z.int().nullable(),
});

const all = {
  name: 'versions-of-package',
  text: `select version_id as "versionId" from versions where package_id = $1`,
};

/** The numbers of cells; throws an UnknownCellError where the farm knows no such package, version or target. */
export async function findCells(db: Queryable, cells: Cells): Promise<FoundCells> {
  const { target } = cells;
  const found = await firstRow(db, find, foundIds, [
    cells.package,
    cells.version,
    target?.abi ?? null,
    target?.platform ?? null,
  ]);
  if (!found)
    throw new UnknownCellError(`There is no package ${cells.package} here.`, `Add it: piw-add ${cells.package}`);
  if (cells.version !== null && found.versionId === null)
    throw new UnknownCellError(
      `${cells.package} has no version ${cells.version} here.`,
      `Add it: piw-add ${cells.package} ${cells.version}`,
    );
  if (target && found.targetId === null)
    throw new UnknownCellError(`There is no target ${targetName(target)}.`, 'See: piw-control targets');
  return { ...found, versionIds: found.versionId === null ? await versionsOf(db, found.packageId) : [found.versionId] };
}

async function versionsOf(db: Queryable, packageId: number): Promise<number[]> {
  return (await rows(db, all, z.object({ versionId: z.int() }), [packageId])).map(({ versionId }) => versionId);
}
