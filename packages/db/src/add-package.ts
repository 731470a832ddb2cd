import type { PackageName } from '@piw/wheel/package-name';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const add = {
  name: 'add-package',
  text: `
    insert into packages (name, description) values ($1, left($2, 2000))
    on conflict (name) do update set description = coalesce(excluded.description, packages.description)
    returning package_id as "packageId", xmax = 0 as "isNew"`,
};

/** Makes a package known, or gives a known one its description. */
export async function addPackage(
  db: Queryable,
  { name, description = null }: { readonly name: PackageName; readonly description?: string | null },
): Promise<{ packageId: number; isNew: boolean }> {
  return (await firstRow(db, add, z.object({ packageId: z.int(), isNew: z.boolean() }), [name, description]))!;
}
