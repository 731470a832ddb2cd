import { z } from 'zod';
import { classify } from '../../classify/classify.ts';
import type { Attempt, Room } from '../attempt.ts';
import { failed, fault } from '../build-fault.ts';
import { checkRequirements } from '../build-system.ts';
import { callHook, type Tree } from '../call-hook.ts';
import { haveRequirements } from '../have-requirements.ts';
import { satisfied } from '../installed.ts';
import type { StepEnd } from '../step-ledger.ts';

const hook = 'get_requires_for_build_wheel';
const answer = z.union([
  z.object({ missing: z.literal(true) }).transform((): string[] => []),
  z.object({ value: z.array(z.string().max(1000)).max(500) }).transform(({ value }) => value),
]);

/** Asks the backend what else it needs (PEP 517; `setup_requires` comes this way too), and has it as prepare did. */
export async function addRequires(attempt: Attempt, tree: Tree): Promise<StepEnd<Room>> {
  const end = await callHook(attempt, tree, hook, [attempt.order.recipe.configSettings ?? {}]);
  if ('exit' in end) throw failed(classify(attempt.world.log.tail(), end.exit));
  const asked = answer.safeParse(end.answer);
  if (!asked.success)
    throw fault(
      'failure',
      'backend-error',
      tree.system.backend,
      `The build backend's ${hook} does not answer as PEP 517 asks.`,
    );
  checkRequirements(asked.data);
  const missing = asked.data.filter((requirement) => !satisfied(tree.environment.host, requirement));
  if (missing.length === 0) return { result: tree.environment, note: asked.data.join(', ') || 'nothing more' };
  const environment = await haveRequirements(attempt, 'env', [...tree.system.requires, ...asked.data]);
  return { result: environment, note: missing.join(', ') };
}
