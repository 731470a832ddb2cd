import path from 'node:path';
import { type Attempt, type Room, readable, room, roomAt, writable } from './attempt.ts';
import type { BuildSystem } from './build-system.ts';
import { readBounded } from './read-bounded.ts';
import { removeTree } from './remove-tree.ts';
import { type Exit, runInside, scripts } from './run-inside.ts';
import { rustBinds, rustVariables } from './rust.ts';
import type { Source } from './source.ts';

/** A tree, what it says of its build, and the environment that was made for it. */
export interface Tree {
  readonly source: Source;
  readonly system: BuildSystem;
  readonly environment: Room;
}

/** A hook's answer, not judged yet; or the exit of one that gave none. */
export type HookEnd = { readonly answer: unknown } | { readonly exit: Exit };

/** Calls a hook of the tree's backend (PEP 517) in the sandbox, with the tree at `/build` and the folder for its wheel at `/wheel`. */
export async function callHook(
  attempt: Attempt,
  { source, system, environment }: Tree,
  hook: string,
  hookArguments: readonly unknown[],
): Promise<HookEnd> {
  const tree = roomAt(attempt.world, source.root, '/build');
  await removeTree(path.join(attempt.world.dir, 'answers')); // an earlier hook could leave there whatever it liked
  const answers = room(attempt, 'answers', '/run/answers');
  const file = path.join(answers.host, hook);
  const request = { backend: system.backend, backendPath: system.backendPath, arguments: hookArguments };
  const exit = await runInside(attempt, {
    command: [
      `${environment.inside}/bin/python`,
      `${scripts(attempt).inside}/hook.py`,
      ...[hook, JSON.stringify(request), path.join(answers.inside, hook)],
    ],
    cwd: tree.inside,
    environment,
    binds: [...[tree, room(attempt, 'wheel', '/wheel'), answers].map(writable), ...rustBinds(attempt).map(readable)],
    env: { SOURCE_DATE_EPOCH: String(source.epochS), ...rustVariables(attempt) },
    network: attempt.order.recipe.network ?? false,
  });
  return exit.code === 0 ? { answer: await readAnswer(file) } : { exit };
}

const answerBytes = 1 << 20;

async function readAnswer(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readBounded(file, answerBytes)) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
