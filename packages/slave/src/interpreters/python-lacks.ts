import { installAdvice, type PackageManager } from '../distribution/distribution.ts';
import { isInSystemView } from '../sandbox/system-view.ts';
import type { FullFacts } from './python-facts.ts';
import { pythonPackages } from './python-packages.ts';
import type { FailedTrial } from './try-extension.ts';

/** Why a Python can't build, a clause that goes on from its path; and what its owner can do. */
export interface Lack {
  readonly why: string;
  readonly remedy: string;
}

/** Without pip nothing knows what a Python accepts. */
export const withoutPip = (facts: FullFacts, manager: PackageManager | null): Lack => ({
  why: 'has neither pip nor a copy of it to install',
  remedy: remedyFor(facts, manager, pythonPackages(facts, manager).venv),
});

/** What speaks against a Python in what it told of itself; undefined where nothing does. */
export function lackOf(facts: FullFacts, manager: PackageManager | null): Lack | undefined {
  const { venv, headers } = pythonPackages(facts, manager);
  if (!facts.venv) return { why: 'lacks the module venv', remedy: remedyFor(facts, manager, venv) };
  if (!facts.headers) return { why: 'lacks its headers (Python.h)', remedy: remedyFor(facts, manager, headers) };
  return undefined;
}

/** Why a Python can't build whose extension could not be compiled and imported. */
export const failedTrial = (facts: FullFacts, trial: FailedTrial, manager: PackageManager | null): Lack =>
  trial.missingCompiler === null
    ? {
        why: `cannot compile and import a one-line extension: ${asClause(trial.said)}`,
        remedy: 'Repair this Python or its compiler, or install those of your distribution.',
      }
    : {
        why: `finds no compiler: ${asClause(trial.missingCompiler)}`,
        remedy: installAdvice(manager, pythonPackages(facts, manager).compiler),
      };

/** Too old to be asked for more than its version. */
export const tooOld = (python: string): Lack => ({
  why: `is Python ${python}, and builds need 3.6 or later`,
  remedy: 'Install a later Python beside it.',
});

/** Something that was named as a Python and is none. */
export const noPython = (said: string): Lack => ({
  why: `does not run as a Python: ${asClause(said)}`,
  remedy: 'Name the executable of a Python, or repair this one.',
});

/** A stranger's last words within a sentence of ours, which ends itself. */
const asClause = (said: string): string => said.trim().replace(/\.+$/, '');

/** A Python that is no part of the system can't be completed by the package manager. */
const remedyFor = (facts: FullFacts, manager: PackageManager | null, missing: readonly string[]): string =>
  isInSystemView(facts.executable) && missing.length > 0
    ? installAdvice(manager, missing)
    : 'Install this Python again, with all of its parts.';
