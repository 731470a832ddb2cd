import type { Reason } from '@piw/wheel/outcome';
import { compilerError } from './compiler-error.ts';
import { findReason, shorten } from './find-reason.ts';
import { missingHeader } from './missing-header.ts';
import { missingLibrary } from './missing-library.ts';
import { missingModule } from './missing-module.ts';
import { missingTool } from './missing-tool.ts';
import type { Rule } from './rule.ts';
import { needsNetwork, surroundings } from './surroundings.ts';

/** What stops a compile that a package may do without; the surer of the cause, the earlier. */
const rules: readonly Rule[] = [
  ...surroundings,
  ...missingHeader,
  ...missingTool,
  ...missingLibrary,
  ...needsNetwork,
  ...missingModule,
  ...compilerError,
];

/** What stopped a compile, by the log of a build that succeeded all the same; undefined where nothing shows that one was tried in vain. */
export async function failedCompile(lines: AsyncIterable<string>): Promise<Reason | undefined> {
  let surer = rules;
  let reason: Reason | undefined;
  for await (const line of lines) {
    const nth = surer.findIndex((rule) => rule.pattern.test(shorten(line)));
    if (nth < 0) continue;
    reason = findReason(surer.slice(nth, nth + 1), [shorten(line)]);
    surer = surer.slice(0, nth);
  }
  return reason;
}
