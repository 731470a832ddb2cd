import { satisfies, validRange } from '@renovatebot/pep440';

/**
 * Whether a Requires-Python (PEP 345, specifiers of PEP 440) admits a Python, as pip judges: by the numbers of its
 * version alone, so that `3.13.0rc1` counts as 3.13.0 and `3.11.2+` as 3.11.2. A specifier that is invalid or longer
 * than 1,000 characters admits every Python, and so does one when the Python's version is unknown.
 */
export function admitsPython(requiresPython: string | null, python: string): boolean {
  const release = /^\d{1,9}(?:\.\d{1,9}){0,5}/.exec(python)?.[0];
  if (requiresPython === null || requiresPython.length > 1000 || release === undefined) return true;
  const clauses = requiresPython
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  const tests = clauses.map(plainClause);
  if (tests.includes(undefined)) return admitsAnyhow(clauses.join(','), release);
  const numbers = toNumbers(release);
  return tests.every((test) => test?.(numbers));
}

/** The library knows all of PEP 440, but needs 50 µs where the ladder asks this of each target of each version. */
const admitsAnyhow = (specifier: string, release: string): boolean =>
  !validRange(specifier) || satisfies(release, specifier);

type Numbers = readonly number[];
type Test = (python: Numbers) => boolean;

/** What a clause of numbers alone, like `>=3.8` or `!=3.0.*`, asks of a Python; undefined where a clause is another. */
function plainClause(clause: string): Test | undefined {
  const [, operator, digits, star = ''] = /^([<>=!~]=|[<>])\s*(\d{1,9}(?:\.\d{1,9}){0,5})(\.\*)?$/.exec(clause) ?? [];
  if (operator === undefined || digits === undefined) return undefined;
  if (operator === '~=' && !digits.includes('.')) return undefined;
  return operators[operator + star]?.(toNumbers(digits));
}

const operators: Readonly<Record<string, (bound: Numbers) => Test>> = {
  '>=': (bound) => (python) => compare(python, bound) >= 0,
  '<=': (bound) => (python) => compare(python, bound) <= 0,
  '>': (bound) => (python) => compare(python, bound) > 0,
  '<': (bound) => (python) => compare(python, bound) < 0,
  '==': (bound) => (python) => compare(python, bound) === 0,
  '!=': (bound) => (python) => compare(python, bound) !== 0,
  '==.*': (bound) => (python) => startsWith(python, bound),
  '!=.*': (bound) => (python) => !startsWith(python, bound),
  '~=': (bound) => (python) => compare(python, bound) >= 0 && startsWith(python, bound.slice(0, -1)),
};

const toNumbers = (release: string): Numbers => release.split('.').map(Number);

const startsWith = (python: Numbers, prefix: Numbers): boolean =>
  prefix.every((number, i) => (python[i] ?? 0) === number);

function compare(a: Numbers, b: Numbers): number {
  const longest = Math.max(a.length, b.length);
  for (let i = 0; i < longest; i += 1) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
