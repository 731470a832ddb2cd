import type { Attempt, Room } from '../attempt.ts';
import { type BuildSystem, checkRequirements, readBuildSystem } from '../build-system.ts';
import { fetchCrates } from '../fetch-crates.ts';
import { haveRequirements } from '../have-requirements.ts';
import type { Source } from '../source.ts';
import type { StepEnd } from '../step-ledger.ts';

/** What a build stands on. */
export interface Prepared {
  readonly system: BuildSystem;
  readonly environment: Room;
}

/** Has the requirements of the build (PEP 518, and the recipe's) as wheels, in a fresh virtual environment, and the crates. Runs nothing of them. */
export async function prepare(attempt: Attempt, source: Source): Promise<StepEnd<Prepared>> {
  const read = await readBuildSystem(source.root);
  const recipeRequires = attempt.order.recipe.requires ?? [];
  checkRequirements(recipeRequires);
  const system = { ...read, requires: [...read.requires, ...recipeRequires] };
  const environment = await haveRequirements(attempt, 'env', system.requires);
  await fetchCrates(attempt, source.root);
  return { result: { system, environment }, note: [system.backend, ...system.requires].join(', ') };
}
