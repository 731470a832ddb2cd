import type { Attempt, Room } from './attempt.ts';
import { fault } from './build-fault.ts';
import { buildRequirement } from './build-requirement.ts';
import { fillEnvironment } from './fill-environment.ts';

/** More requirements without a wheel than this, and something else is wrong. */
const mostBuilt = 30;

/** An environment with these requirements; those that have no wheel are built first (DESIGN §8, prepare). Throws a BuildFault where one cannot be had. */
export async function haveRequirements(attempt: Attempt, name: string, requirements: readonly string[]): Promise<Room> {
  const tried = new Set<string>();
  while (tried.size <= mostBuilt) {
    const filled = await fillEnvironment(attempt, name, requirements);
    if (filled.end === 'filled') return filled.environment;
    if (filled.end === 'conflict')
      throw fault(
        'failure',
        'missing-requirement',
        null,
        `The build requirements cannot be had together: ${filled.text}.`,
      );
    if (tried.has(filled.requirement))
      throw fault(
        'failure',
        'missing-requirement',
        filled.requirement,
        `${filled.requirement} was built, but its wheel does not suit.`,
      );
    tried.add(filled.requirement);
    await buildRequirement(attempt, filled.requirement);
  }
  throw fault('failure', 'missing-requirement', null, `More than ${mostBuilt} build requirements have no wheel.`);
}
