import { isWithin, outermost } from '../sandbox/outermost.ts';
import { isInSystemView } from '../sandbox/system-view.ts';
import type { FullFacts } from './python-facts.ts';

/**
 * What of a Python a sandbox must show that it doesn't show anyway: its prefixes, and what lies outside them. Never a prefix that is
 * somebody's whole home (`--prefix=$HOME`), or more than that: then its parts one by one.
 */
export function pathsToShow({ prefixes, parts }: Pick<FullFacts, 'prefixes' | 'parts'>, home: string): string[] {
  const narrow = prefixes.filter((prefix) => !isWithin(home, prefix));
  return outermost([...narrow, ...parts].filter((path) => !isInSystemView(path)));
}
