import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Recipe } from '@piw/wire/vocabulary';
import { classify } from '../../classify/classify.ts';
import { type Attempt, room, roomAt, writable } from '../attempt.ts';
import { failed, fault } from '../build-fault.ts';
import type { Tree } from '../call-hook.ts';
import { runInside } from '../run-inside.ts';
import type { StepEnd } from '../step-ledger.ts';

/** Runs a command of the recipe's with `WHEEL` naming the wheel, which it may replace in its folder by another; the wheel that is there then. */
export async function extraStep(
  attempt: Attempt,
  { source, environment }: Tree,
  wheel: string,
  { name, command, network = false }: NonNullable<Recipe['steps']>[number],
): Promise<StepEnd<string>> {
  const tree = roomAt(attempt.world, source.root, '/build');
  const wheels = room(attempt, 'wheel', '/wheel');
  attempt.world.log.write(`$ ${command}\n`);
  const exit = await runInside(attempt, {
    command: ['/bin/sh', '-ec', command],
    cwd: tree.inside,
    environment,
    binds: [writable(tree), writable(wheels)],
    env: {
      WHEEL: path.join(wheels.inside, path.basename(wheel)),
      WHEEL_DIR: wheels.inside,
      SOURCE_DATE_EPOCH: String(source.epochS),
    },
    network,
  });
  if (exit.code !== 0) throw failed(classify(attempt.world.log.tail(), exit));
  const [only, ...others] = (await readdir(wheels.host)).filter((file) => file.endsWith('.whl'));
  if (only === undefined || others.length > 0)
    throw fault(
      'failure',
      'backend-error',
      name,
      `After the step ${name} there is not one wheel in its folder but ${only === undefined ? 'none' : others.length + 1}.`,
    );
  return { result: path.join(wheels.host, only) };
}
