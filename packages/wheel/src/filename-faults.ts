import { abiOfTag, type Tag } from './tag.ts';
import { sameVersion } from './version.ts';
import type { WheelExpectation } from './wheel-file.ts';
import type { WheelName } from './wheel-name.ts';

/** Where a wheel's filename is not of the package, version and target expected; a sentence a fault. */
export function* filenameFaults(name: WheelName, expected: WheelExpectation): Generator<string> {
  if (name.name !== expected.package)
    yield `The filename is of the package ${name.name}, and ${expected.package} was expected.`;
  if (!sameVersion(name.version, expected.version))
    yield `The filename is of version ${name.version}, and ${expected.version} was expected.`;
  yield* tagFaults(name.tags, expected.tags);
}

/**
 * One tag must be the target's, and no other may promise what was not built: another platform, or another ABI. Other
 * Pythons without an ABI are no lie: `py2.py3-none-any` is a common tag, and no Python accepts both.
 */
function* tagFaults(tags: readonly Tag[], accepted: ReadonlySet<Tag>): Generator<string> {
  const platforms = new Set([...accepted].map(platformOfTag));
  const foreign = tags.filter((tag) => !accepted.has(tag));
  if (foreign.length === tags.length) yield `The target accepts none of the wheel's tags: ${some(tags)}.`;
  const lies = foreign.filter((tag) => abiOfTag(tag) !== 'none' || !platforms.has(platformOfTag(tag)));
  if (lies.length > 0) yield `The wheel has tags that the target cannot produce: ${some(lies)}.`;
}

const platformOfTag = (tag: Tag): string => tag.split('-')[2] ?? '';

const some = (tags: readonly Tag[]): string => tags.slice(0, 5).join(', ').slice(0, 500);
