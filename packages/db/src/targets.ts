import { target } from '@piw/wheel/target';
import { z } from 'zod';
import type { Queryable, Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { requeueMany } from './requeue-many.ts';
import { firstRow, rows } from './rows.ts';

const storedTarget = z.object({
  ...target.shape,
  targetId: z.int(),
  python: z.string(),
  implementation: z.string(),
  tags: z.array(z.string()),
  preferred: z.boolean(),
  retired: z.boolean(),
  alias: z.string().nullable(),
});

/** What wheels are built for, as the farm keeps it; tags best first. */
export type StoredTarget = z.output<typeof storedTarget>;

/** A target as a slave offers it. */
export type NewTarget = Pick<StoredTarget, 'abi' | 'platform' | 'tags' | 'python' | 'implementation'>;

const list = {
  name: 'list-targets',
  text: `
    select target_id as "targetId", abi, platform, python, implementation, tags, preferred,
      retired_at is not null as retired, alias
    from targets
    order by target_id`,
};

const add = {
  name: 'add-target',
  text: `
    insert into targets (abi, platform, python, implementation, tags) values ($1, $2, $3, $4, $5)
    on conflict (abi, platform) do update set retired_at = null
    returning target_id as "targetId", xmax = 0 as "isNew"`,
};
const addTags = {
  name: 'add-target-tags',
  text: `
    insert into target_tags (tag, target_id)
    select distinct unnest(tags), target_id from targets where target_id = $1
    on conflict do nothing`,
};

const retire = { name: 'retire-target', text: `update targets set retired_at = now() where target_id = $1` };
const prefer = { name: 'prefer-target', text: `update targets set preferred = $2 where target_id = $1` };

const setAlias = { name: 'alias-target', text: `update targets set alias = $2 where target_id = $1` };

/** All targets that were ever added, retired ones too. */
export const listTargets = (db: Queryable): Promise<StoredTarget[]> => rows(db, list, storedTarget);

/** Makes a target one that is built for; a retired one comes back as it was. What gets due is written at once or in batches. */
export async function addTarget(
  tx: Transaction,
  offer: NewTarget,
): Promise<Woken & { targetId: number; isNew: boolean }> {
  const { abi, platform, python, implementation, tags } = offer;
  const values = [abi, platform, python, implementation, tags];
  const added = (await firstRow(tx, add, z.object({ targetId: z.int(), isNew: z.boolean() }), values))!;
  await tx.query({ ...addTags, values: [added.targetId] });
  return { ...added, ...(await requeueMany(tx, null, `target ${abi}-${platform} added`)) };
}

/** Nothing more is built for a target; its files stay. */
export async function retireTarget(tx: Transaction, targetId: number): Promise<Woken> {
  await tx.query({ ...retire, values: [targetId] });
  return requeueMany(tx, null, `target ${targetId} retired`);
}

/** A preferred target's jobs come before the backlog of the others. */
export async function preferTarget(tx: Transaction, targetId: number, preferred: boolean): Promise<Woken> {
  await tx.query({ ...prefer, values: [targetId, preferred] });
  return requeueMany(tx, null, `target ${targetId} ${preferred ? 'preferred' : 'no longer preferred'}`);
}

/** Wheels that are built for a target from now on are also published for this platform, where their code allows it; null: no more. */
export async function aliasTarget(tx: Transaction, targetId: number, platform: string | null): Promise<void> {
  await tx.query({ ...setAlias, values: [targetId, platform] });
}
