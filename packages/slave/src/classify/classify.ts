import type { Reason } from '@piw/wheel/outcome';
import { badSource } from './bad-source.ts';
import { compilerError } from './compiler-error.ts';
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

/** What is looked at of a log: its end, and of each line its beginning. A stranger wrote it, and it must not cost much. */
const most = { lines: 4000, columns: 500 };

/** The reason why a build failed, from the end of its log: the first rule that a line fits, else Python's last exception, else its last words. */
export function classify(log: string, exit: FailedExit): Reason {
  const lines = log
    .slice(-most.lines * most.columns)
    .split('\n')
    .slice(-most.lines)
    .map((line) => line.slice(0, most.columns).trimEnd());
  for (const rule of rules) {
    const reason = apply(rule, lines);
    if (reason) return reason;
  }
  return { kind: 'backend-error', subject: null, text: lastWords(lines, exit) };
}

function apply({ kind, pattern, pick, subject, text }: Rule, lines: readonly string[]): Reason | undefined {
  const line =
    pick === 'first' ? lines.find((each) => pattern.test(each)) : lines.findLast((each) => pattern.test(each));
  const groups = line === undefined ? null : pattern.exec(line);
  if (groups === null) return undefined;
  const found = groups.slice(1).map((group: string | undefined) => group ?? '');
  return { kind, subject: subject(found)?.slice(0, 200) ?? null, text: text(found) };
}

const exception = /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Exit|Failure|Interrupt|Warning): \S/;

function lastWords(lines: readonly string[], { code, signalName }: FailedExit): string {
  if (signalName !== null) return `The build was ended by ${signalName}.`;
  const words = lines.findLast((line) => exception.test(line)) ?? lines.findLast((line) => line.trim() !== '');
  return words === undefined
    ? `The build ended with exit code ${code}, without a word.`
    : `The build fails: ${words.trim()}`;
}
