import type { Reason } from '@piw/wheel/outcome';
import { badSource } from './bad-source.ts';
import { compilerError } from './compiler-error.ts';
import { findReason, mostColumns, shorten } from './find-reason.ts';
import { missingHeader } from './missing-header.ts';
import { missingLibrary } from './missing-library.ts';
import { missingModule } from './missing-module.ts';
import { missingTool } from './missing-tool.ts';
import type { Rule } from './rule.ts';
import { needsNetwork, pythonExcluded, surroundings } from './surroundings.ts';

/** How the command that failed ended: its exit code, or the signal that ended it. */
export interface FailedExit {
  readonly code: number;
  readonly signalName: string | null;
}

/** The surer a rule is of the cause, the earlier. */
const rules: readonly Rule[] = [
  ...surroundings,
  ...missingHeader,
  ...missingTool,
  ...missingLibrary,
  ...needsNetwork,
  ...pythonExcluded,
  ...badSource,
  ...missingModule,
  ...compilerError,
];

/** What is looked at of a log is its end: a stranger wrote it, and it must not cost much. */
const mostLines = 4000;

/** The reason why a build failed, from the end of its log: the first rule that a line fits, else Python's last exception, else its last words. */
export function classify(log: string, exit: FailedExit): Reason {
  const lines = log
    .slice(-mostLines * mostColumns)
    .split('\n')
    .slice(-mostLines)
    .map(shorten);
  return findReason(rules, lines) ?? { kind: 'backend-error', subject: null, text: lastWords(lines, exit) };
}

const exception = /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Exit|Failure|Interrupt|Warning): \S/;

function lastWords(lines: readonly string[], { code, signalName }: FailedExit): string {
  if (signalName !== null) return `The build was ended by ${signalName}.`;
  const words = lines.findLast((line) => exception.test(line)) ?? lines.findLast((line) => line.trim() !== '');
  return words === undefined
    ? `The build ended with exit code ${code}, without a word.`
    : `The build fails: ${words.trim()}`;
}
