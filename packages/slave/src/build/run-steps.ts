import type { Attempt } from './attempt.ts';
import type { BuildEnd } from './build-order.ts';
import type { Tree } from './call-hook.ts';
import type { StepLedger } from './step-ledger.ts';
import { build } from './steps/build.ts';
import { check } from './steps/check.ts';
import { extraStep } from './steps/extra-step.ts';
import { fetchSource } from './steps/fetch.ts';
import { inspect } from './steps/inspect.ts';
import { prepare } from './steps/prepare.ts';
import { addRequires } from './steps/requires.ts';

/** The steps of the pipeline in their order, and the wheel that comes out of them. Throws a BuildFault where one fails. */
export async function runSteps(attempt: Attempt, ledger: StepLedger): Promise<BuildEnd['files'][number]> {
  const source = await ledger.run('fetch', () => fetchSource(attempt));
  const prepared = await ledger.run('prepare', () => prepare(attempt, source));
  const environment = await ledger.run('requires', () => addRequires(attempt, { source, ...prepared }));
  const tree: Tree = { source, system: prepared.system, environment };
  const built = await ledger.run('build', () => build(attempt, tree));
  const inspected = await ledger.run('inspect', () => inspect(attempt, source, built));
  // A requirement of a build is a tool: how it does is seen when it is used.
  if (attempt.wantedBy.length === 0) await ledger.run('check', () => check(attempt, inspected));
  const extra = attempt.order.recipe.steps ?? [];
  if (extra.length === 0) return inspected.file;

  let wheel = inspected.file.path;
  for (const step of extra) wheel = await ledger.run(step.name, () => extraStep(attempt, tree, wheel, step));
  return (await ledger.run('inspect again', () => inspect(attempt, source, { ...built, wheel }))).file;
}
