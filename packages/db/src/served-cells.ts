import { climb } from '@piw/wheel/ladder';
import type { Transaction } from './queryable.ts';
import { versionFacts } from './version-facts.ts';

/** One version for one target. */
export interface CellKey {
  readonly versionId: number;
  readonly targetId: number;
}

const ask = {
  name: 'ask-for-cells',
  text: `
    insert into requests (version_id, target_id, who)
    select version_id, target_id, $3 from unnest($1::integer[], $2::integer[]) as c (version_id, target_id)`,
};

/** Those of the cells that need no build since upstream serves them. */
export async function servedCells<T extends CellKey>(tx: Transaction, cells: readonly T[]): Promise<T[]> {
  const known = await versionFacts(tx, [...new Set(cells.map(({ versionId }) => versionId))]);
  const settled = new Map(known.map(({ versionId, facts }) => [versionId, climb(facts).settled]));
  return cells.filter(({ versionId, targetId }) => settled.get(versionId)?.get(targetId) === 'upstream');
}

/** Somebody asks for cells by their names: they are built here whatever upstream serves (DESIGN §9). */
export async function askForCells(tx: Transaction, cells: readonly CellKey[], who: string): Promise<void> {
  const values = [cells.map(({ versionId }) => versionId), cells.map(({ targetId }) => targetId), who];
  if (cells.length > 0) await tx.query({ ...ask, values });
}
