import type { Reason } from '@piw/wheel/outcome';
import type { Rule } from './rule.ts';

/** Of each line only the beginning is looked at: a stranger wrote it, and it must not cost much. */
export const mostColumns = 500;

/** A line as rules see it. */
export const shorten = (line: string): string => line.slice(0, mostColumns).trimEnd();

/** The reason that the first of the rules finds in these lines, which were shortened. */
export function findReason(rules: readonly Rule[], lines: readonly string[]): Reason | undefined {
  for (const rule of rules) {
    const reason = apply(rule, lines);
    if (reason) return reason;
  }
  return undefined;
}

function apply({ kind, pattern, pick, subject, text }: Rule, lines: readonly string[]): Reason | undefined {
  const line =
    pick === 'first' ? lines.find((each) => pattern.test(each)) : lines.findLast((each) => pattern.test(each));
  const groups = line === undefined ? null : pattern.exec(line);
  if (groups === null) return undefined;
  const found = groups.slice(1).map((group: string | undefined) => group ?? '');
  return { kind, subject: subject(found)?.slice(0, 200) ?? null, text: text(found) };
}
