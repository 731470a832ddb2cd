import type { PackageManager } from '../distribution/distribution.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Toolchains } from '../toolchains/toolchains.ts';
import type { Interpreter, UnusableInterpreter } from './interpreter.ts';
import { pathsToShow } from './paths-to-show.ts';
import type { FullFacts } from './python-facts.ts';
import { failedTrial, type Lack, lackOf, withoutPip } from './python-lacks.ts';
import { targetOfTags } from './target-of-tags.ts';
import { tryExtension } from './try-extension.ts';

/** With what Pythons are tried. */
export interface Trial {
  /** The user's home, which is never shown whole to a build. */
  readonly home: string;
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly manager: PackageManager | null;
  readonly signal: AbortSignal;
}

export type Judgement = { readonly usable: Interpreter } | { readonly unusable: UnusableInterpreter };

/** Whether a Python can build: by what it has, and then by building something. */
export async function judgePython(facts: FullFacts, trial: Trial): Promise<Judgement> {
  const { executable, python, implementation, tags } = facts;
  const target = targetOfTags(tags);
  const unusable = (lack: Lack): Judgement => ({ unusable: { path: executable, target: target ?? null, ...lack } });
  if (target === undefined) return unusable(withoutPip(facts, trial.manager));
  const lack = lackOf(facts, trial.manager);
  if (lack !== undefined) return unusable(lack);
  const interpreter = { executable, python, implementation, target, tags, paths: pathsToShow(facts, trial.home) };
  const extension = await tryExtension(interpreter, trial);
  return extension.works ? { usable: interpreter } : unusable(failedTrial(facts, extension, trial.manager));
}
