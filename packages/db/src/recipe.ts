import type { PackageName } from '@piw/wheel/package-name';
import { z } from 'zod';
import { findCells } from './cells.ts';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { requeueMany } from './requeue-many.ts';
import { firstRow } from './rows.ts';

const change = {
  name: 'set-recipe',
  text: `
    with needed as (
      insert into needs (requires) values (coalesce($2::jsonb -> 'needs', '{}'))
      on conflict (requires) do update set requires = excluded.requires
      returning need_id
    )
    update packages set recipe = $2, need_id = (select need_id from needed)
    where name = $1
    returning package_id as "packageId"`,
};

/** Gives a package its recipe, an object that the wire's schema admitted, or none; its jobs go to slaves that meet the new needs. */
export async function setRecipe(
  tx: Transaction,
  name: PackageName,
  recipe: Readonly<Record<string, unknown>> | null,
): Promise<Woken> {
  await findCells(tx, { package: name, version: null, target: null });
  const { packageId } = (await firstRow(tx, change, z.object({ packageId: z.int() }), [name, recipe]))!;
  return requeueMany(tx, packageId, `recipe of ${name}`);
}
