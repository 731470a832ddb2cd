import { chmod, lstat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { classify } from '../../classify/classify.ts';
import { type Attempt, room } from '../attempt.ts';
import { failed, fault } from '../build-fault.ts';
import { callHook, type Tree } from '../call-hook.ts';
import type { LogPart } from '../log-lines.ts';
import type { StepEnd } from '../step-ledger.ts';

const answer = z.object({ value: z.string().max(400) });

/** The file that came out of a build, not judged yet, and what was said while it was built. */
export interface Built {
  readonly wheel: string;
  readonly said: LogPart;
}

/** Builds the wheel (PEP 517, `build_wheel`) without the network. */
export async function build(attempt: Attempt, tree: Tree): Promise<StepEnd<Built>> {
  const { order, world } = attempt;
  const from = world.log.bytes;
  const wheels = room(attempt, 'wheel', '/wheel');
  const end = await callHook(attempt, tree, 'build_wheel', [wheels.inside, order.recipe.configSettings ?? {}, null]);
  const log = world.log.tail();
  if ('exit' in end) throw failed(classify(log, end.exit));
  const named = answer.safeParse(end.answer);
  const backendError = (what: string) =>
    fault('failure', 'backend-error', tree.system.backend, `The build backend's build_wheel ${what}.`);
  if (!named.success || path.basename(named.data.value) !== named.data.value) throw backendError('names no wheel');
  const filename = named.data.value;
  const wheel = path.join(wheels.host, filename);
  await chmod(wheels.host, 0o700); // the build could lock what it wrote
  const isFile = (await lstat(wheel).catch(() => undefined))?.isFile() ?? false;
  if (!isFile) throw backendError(`names ${filename}, and no such file is there`);
  await chmod(wheel, 0o600);
  const native = /(?:^|\s)-m(?:arch|cpu|tune)=native\b/m.test(log);
  const said = { path: world.log.path, from, to: world.log.bytes };
  return { result: { wheel, said }, note: native ? `${filename}; warning: ${nativeWarning}` : filename };
}

const nativeWarning = 'compiled with -march=native, it may run only on machines like this one';
