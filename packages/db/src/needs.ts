import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const value = z.union([z.string(), z.number()]);
const need = z.object({ needId: z.int(), requires: z.record(z.string(), value) });

/** An interned set of requirements that jobs have. */
export type Need = z.output<typeof need>;

/** What a slave has: its operating system, its memory, what its owner says of it. */
export type Capabilities = Readonly<Record<string, string | number>>;

const text = `select need_id as "needId", requires from needs order by need_id`;

/** All sets of requirements that any package has; the first is the empty one. */
export const listNeeds = (db: Queryable): Promise<Need[]> => rows(db, { name: 'list-needs', text }, need);

/** The sets that capabilities meet: text must be equal, a number at least as large (DESIGN §6). */
export const needsMet = (needs: readonly Need[], capabilities: Capabilities): number[] =>
  needs.filter(({ requires }) => meetsNeeds(requires, capabilities)).map(({ needId }) => needId);

/** Whether capabilities meet one set. */
export const meetsNeeds = (requires: Need['requires'], capabilities: Capabilities): boolean =>
  Object.entries(requires).every(([key, wanted]) => meets(capabilities[key], wanted));

/** What a slave has, its label with it: some jobs are for one slave, and none says that of itself. */
export const capabilitiesOf = ({
  label,
  capabilities,
}: {
  readonly label: string;
  readonly capabilities: Capabilities;
}): Capabilities => ({ ...capabilities, slave: label });

/** A set in words: `gpu = v3d and memory ≥ 8589934592`. */
export const needsText = (requires: Need['requires']): string =>
  Object.entries(requires)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, wanted]) => `${key} ${typeof wanted === 'number' ? '≥' : '='} ${wanted}`)
    .join(' and ');

function meets(had: string | number | undefined, wanted: string | number): boolean {
  return typeof wanted === 'number' && typeof had === 'number' ? had >= wanted : had === wanted;
}
