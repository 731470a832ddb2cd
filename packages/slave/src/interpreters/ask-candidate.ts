import { basename, dirname } from 'node:path';
import { askPython } from './ask-python.ts';
import type { Candidate } from './candidates.ts';
import type { UnusableInterpreter } from './interpreter.ts';
import type { FullFacts } from './python-facts.ts';
import { type Lack, noPython, tooOld } from './python-lacks.ts';

/** A Python that told of itself. */
export interface Known {
  readonly facts: FullFacts;
  readonly wanted: boolean;
}

/** What came of asking a candidate; nothing at all of a shim that leads nowhere, of which version managers keep many. */
export type Asked = Known | { readonly unusable: UnusableInterpreter } | { readonly nothing: true };

/** Asks what may be a Python for what it is. One in a virtual environment answers for the Python that it was made from. */
export async function askCandidate({ path, wanted }: Candidate, signal: AbortSignal): Promise<Asked> {
  const facts = await askPython(path, signal);
  const because = (lack: Lack): Asked => ({ unusable: { path, target: null, ...lack } });
  if ('silent' in facts) return isShim(path) && !wanted ? { nothing: true } : because(noPython(facts.silent));
  if (facts.tooOld) return because(tooOld(facts.python));
  const made = facts.inEnvironment && facts.executable !== path;
  return made ? askCandidate({ path: facts.executable, wanted }, signal) : { facts, wanted };
}

/** pyenv, asdf and mise put a shim for every program of every version into one folder, installed here and now or not. */
const isShim = (path: string): boolean => basename(dirname(path)) === 'shims';
