import { target } from '@piw/wheel/target';
import { z } from 'zod';
import { type Cells, findCells } from './cells.ts';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { rows } from './rows.ts';

const ordered = z.object({ target, buildNumber: z.int() });

/** A target of a version that is built again, and the build tag that the new wheel will have. */
export type Rebuild = z.output<typeof ordered>;

/** What has a listed wheel that was built for it is built again; the build number is higher than any that the version had. */
const order = {
  name: 'order-rebuilds',
  text: `
    with wheels as (
      select distinct t.target_id from files join targets as t on t.target_id = built_on join versions as v using (version_id)
      where version_id = $1 and listed and retired_at is null and ($2::integer is null or built_on = $2)
        and not exists (
          select from skips as s
          where s.package_id = v.package_id and (s.version_id is null or s.version_id = $1)
            and (s.target_id is null or s.target_id = built_on))
    ), highest as (
      select greatest(
        (select max(substring(build_tag from '^[0-9]{1,8}')::integer) from files where version_id = $1),
        (select max(build_number) from rebuilds where version_id = $1), 0) as n
    ), ordered as (
      insert into rebuilds (version_id, target_id, build_number, by)
      select $1, target_id, n + 1, $3 from wheels, highest order by target_id
      on conflict (version_id, target_id) where ended_at is null do nothing
      returning target_id, build_number
    )
    select json_build_object('abi', abi, 'platform', platform) as target, build_number as "buildNumber"
    from ordered join targets using (target_id)
    order by target_id`,
};

/**
 * Has the wheels of one version built again, all or those of one target, under the next build tag (PEP 427), so that they are
 * files of their own. Empty where there is nothing to build again, it is skipped, or it is being built again already. Throws an UnknownCellError.
 */
export async function orderRebuilds(
  tx: Transaction,
  cells: Cells & { readonly version: NonNullable<Cells['version']> },
  by: string,
): Promise<Woken & { readonly rebuilds: readonly Rebuild[] }> {
  const { versionId, targetId } = await findCells(tx, cells);
  const rebuilds = await rows(tx, order, ordered, [versionId, targetId, by]);
  return { rebuilds, ...(await requeue(tx, rebuilds.length === 0 ? [] : [versionId!])) };
}
