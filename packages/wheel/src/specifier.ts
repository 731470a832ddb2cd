import { compareParts, compareReleases } from './version-order.ts';
import { type VersionParts, versionParts, versionText } from './version-parts.ts';

/** Whether a version is admitted; pre-releases are as good as others. */
export type Specifier = (version: VersionParts) => boolean;

const longest = 5000;

/** Reads clauses like `>=1.0, !=1.5.*` (PEP 440, "Version specifiers"); none at all admit everything, undefined where one is invalid. */
export function parseSpecifier(text: string): Specifier | undefined {
  if (text.length > longest) return undefined;
  const clauses = text
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map(parseClause);
  return clauses.includes(undefined) ? undefined : (version) => clauses.every((admits) => admits?.(version));
}

/** Whether a specifier admits a version (PEP 440), pre-releases like others; false where either is invalid. */
export function admitsVersion(specifier: string, version: string): boolean {
  const parts = versionParts(version);
  return parts !== undefined && parseSpecifier(specifier)?.(parts) === true;
}

function parseClause(clause: string): Specifier | undefined {
  const [, operator = '', text = ''] = /^(===?|[~!<>]=|[<>])\s*([^\s()]+)$/.exec(clause) ?? [];
  if (operator === '===') return (version) => versionText(version) === text.toLowerCase();
  const prefix = text.endsWith('.*');
  const bound = versionParts(prefix ? text.slice(0, -2) : text);
  return bound && isAllowed(operator, bound, prefix)
    ? operators[prefix ? `${operator}.*` : operator]?.(bound)
    : undefined;
}

function isAllowed(operator: string, bound: VersionParts, prefix: boolean): boolean {
  if (prefix && bound.dev !== undefined) return false;
  if (operator === '~=' && bound.release.length < 2) return false;
  return bound.local.length === 0 || ((operator === '==' || operator === '!=') && !prefix);
}

const operators: Readonly<Record<string, (bound: VersionParts) => Specifier>> = {
  '>=': (bound) => (version) => compareParts(publicOf(version), bound) >= 0,
  '<=': (bound) => (version) => compareParts(publicOf(version), bound) <= 0,
  '>': (bound) => (version) => isAfter(version, bound),
  '<': (bound) => (version) => isBefore(version, bound),
  '==': (bound) => (version) => isEqual(version, bound),
  '!=': (bound) => (version) => !isEqual(version, bound),
  '==.*': (bound) => (version) => startsWith(version, bound),
  '!=.*': (bound) => (version) => !startsWith(version, bound),
  '~=': (bound) => (version) => compareParts(publicOf(version), bound) >= 0 && startsWith(version, oneShorter(bound)),
};

const publicOf = (version: VersionParts): VersionParts => ({ ...version, local: [] });

const oneShorter = ({ epoch, release }: VersionParts): VersionParts => ({
  ...{ epoch, release: release.slice(0, -1), local: [] },
  ...{ pre: undefined, post: undefined, dev: undefined },
});

/** `==1.0` is any `1.0+local`. */
const isEqual = (version: VersionParts, bound: VersionParts): boolean =>
  compareParts(bound.local.length === 0 ? publicOf(version) : version, bound) === 0;

/** `>1.0` is no `1.0.post1` and no `1.0+local`. */
function isAfter(version: VersionParts, bound: VersionParts): boolean {
  const postOfBound = version.post !== undefined && bound.post === undefined;
  if ((postOfBound || version.local.length > 0) && isSameRelease(version, bound)) return false;
  return compareParts(version, bound) > 0;
}

/** `<1.0` is no `1.0rc1`. */
function isBefore(version: VersionParts, bound: VersionParts): boolean {
  if (isPre(version) && !isPre(bound) && isSameRelease(version, bound)) return false;
  return compareParts(version, bound) < 0;
}

const isPre = ({ pre, dev }: VersionParts): boolean => pre !== undefined || dev !== undefined;

const isSameRelease = (a: VersionParts, b: VersionParts): boolean => a.epoch === b.epoch && compareReleases(a, b) === 0;

/** `==1.0.*` is `1.0.5`, `1` and `1.0rc1`; `==1.0rc1.*` is `1.0rc1.dev2`. */
function startsWith(version: VersionParts, prefix: VersionParts): boolean {
  const { epoch, release, pre, post } = prefix;
  if (version.epoch !== epoch) return false;
  if (pre === undefined && post === undefined)
    return release.every((number, i) => (version.release[i] ?? '0') === number);
  const samePre = version.pre?.letter === pre?.letter && version.pre?.number === pre?.number;
  return isSameRelease(version, prefix) && samePre && (post === undefined || version.post === post);
}
