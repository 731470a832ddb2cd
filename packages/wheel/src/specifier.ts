import { compareParts } from './version-order.ts';
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

/** A prefix is a release alone, as pip and uv read PEP 440. */
function isAllowed(operator: string, bound: VersionParts, prefix: boolean): boolean {
  const { release, pre, post, dev, local } = bound;
  if (prefix) return pre === undefined && post === undefined && dev === undefined && local.length === 0;
  if (operator === '~=' && release.length < 2) return false;
  return local.length === 0 || operator === '==' || operator === '!=';
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
  '~=': (bound) => (version) =>
    compareParts(publicOf(version), bound) >= 0 &&
    startsWith(version, { ...bound, release: bound.release.slice(0, -1) }),
};

const publicOf = (version: VersionParts): VersionParts => ({ ...version, local: [] });

/** `==1.0` is any `1.0+local`. */
const isEqual = (version: VersionParts, bound: VersionParts): boolean =>
  compareParts(bound.local.length === 0 ? publicOf(version) : version, bound) === 0;

/** `>1.0` is no `1.0+local` and no `1.0.post1`; `>1.0.post1` is `1.0.post2`. */
function isAfter(version: VersionParts, bound: VersionParts): boolean {
  const isPost = version.post !== undefined && bound.post === undefined && bound.dev === undefined;
  const counted = isPost ? { ...version, post: undefined, dev: undefined } : version;
  return compareParts(publicOf(counted), bound) > 0;
}

/** `<1.0` is no `1.0rc1`, which would come before it; `<1.0rc2` is. */
function isBefore(version: VersionParts, bound: VersionParts): boolean {
  const isPre = bound.pre !== undefined || bound.dev !== undefined;
  return compareParts(version, isPre ? bound : { ...bound, dev: '0' }) < 0;
}

/** `==1.0.*` is `1.0.5`, `1` and `1.0rc1`. */
const startsWith = (version: VersionParts, { epoch, release }: VersionParts): boolean =>
  version.epoch === epoch && release.every((number, i) => (version.release[i] ?? '0') === number);
