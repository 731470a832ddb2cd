import type { Build } from '@piw/wire/slave-protocol';
import type { Limits, Recipe } from '@piw/wire/vocabulary';

/** What a build gets: what its recipe wants, else what is usual, and never more than the slave's owner allows. */
export function allowance(
  { limits, recipe: { timeoutMs, memoryBytes, ...recipe } }: Pick<Build, 'limits' | 'recipe'>,
  owners: Limits,
): { readonly limits: Limits; readonly recipe: Recipe } {
  return {
    recipe,
    limits: {
      timeoutMs: Math.min(timeoutMs ?? limits.timeoutMs, owners.timeoutMs),
      memoryBytes: least(memoryBytes ?? limits.memoryBytes, owners.memoryBytes),
      diskBytes: least(limits.diskBytes, owners.diskBytes),
      outputBytes: Math.min(limits.outputBytes, owners.outputBytes),
    },
  };
}

/** The lesser of two limits, of which null is none. */
const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
