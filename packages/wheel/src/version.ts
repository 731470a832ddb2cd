import { z } from 'zod';
import { compareParts } from './version-order.ts';
import { type VersionParts, versionParts, versionText } from './version-parts.ts';

/** Text that PEP 440 admits becomes its canonical form (Appendix B), and only then is it a Version: `v1.0-BETA.2` becomes `1.0b2`. */
export const version = z
  .string()
  .transform((text, context) => {
    const parts = versionParts(text);
    if (parts) return versionText(parts);
    context.addIssue('a version is like 1.0, 2.1rc1 or 3.0.post2 (PEP 440), and has 200 characters at most');
    return z.NEVER;
  })
  .brand<'Version'>();

export type Version = z.output<typeof version>;

/** The version that a text means (PEP 440); undefined where it is none. */
export function parseVersion(text: string): Version | undefined {
  const found = version.safeParse(text);
  return found.success ? found.data : undefined;
}

/** Negative where `a` is older, positive where it is newer (PEP 440); texts that are no versions come first, by their characters. */
export const compareVersions = (a: string, b: string): number => compareParsed(parsed(a), parsed(b));

/** Things in the order of their versions, oldest first (PEP 440); those of one version stay in their order. */
export const sortByVersion = <T>(things: readonly T[], versionOf: (thing: T) => string): T[] =>
  things
    .map((thing) => ({ thing, ...parsed(versionOf(thing)) }))
    .sort(compareParsed)
    .map(({ thing }) => thing);

/** Whether two texts mean one version, as `1.0` and `1.0.0` do (PEP 440); texts that are no versions only where identical. */
export const sameVersion = (a: string, b: string): boolean => compareVersions(a, b) === 0;

/** A text that all spellings of a version share: `1.0.0` and `1.0` mean one (PEP 440, "Version matching"). */
export const versionKey = (v: Version): string => v.replace(lastZeros, '$<before>');

/** The zeros that end a release, in a version's canonical text: what follows is its end, a letter, or a dot and a letter. */
const lastZeros = /^(?<before>(?:\d+!)?\d+(?:\.\d+)*?)(?:\.0)+(?=$|[a-z+]|\.[a-z])/;

/** Whether a version is a pre-release or a development release (PEP 440, "Pre-releases"). */
export function isPrerelease(v: Version): boolean {
  const parts = versionParts(v);
  return parts?.pre !== undefined || parts?.dev !== undefined;
}

interface Parsed {
  readonly text: string;
  readonly parts: VersionParts | undefined;
}

const parsed = (text: string): Parsed => ({ text, parts: versionParts(text) });

function compareParsed(a: Parsed, b: Parsed): number {
  if (a.parts && b.parts) return compareParts(a.parts, b.parts);
  if (a.parts || b.parts) return a.parts ? 1 : -1;
  return a.text === b.text ? 0 : a.text < b.text ? -1 : 1;
}
