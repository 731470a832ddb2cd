import { isNumber, type VersionParts } from './version-parts.ts';

type Order = (a: VersionParts, b: VersionParts) => number;

/** Negative where `a` is older (PEP 440, "Summary of permitted suffixes and relative ordering"). */
export const compareParts: Order = (a, b) =>
  compareDigits(a.epoch, b.epoch) ||
  compareReleases(a, b) ||
  comparePre(a, b) ||
  // No post-release comes before the first, ".post0"; no development release after the last.
  compareDigits(a.post ?? '', b.post ?? '') ||
  Number(a.dev === undefined) - Number(b.dev === undefined) ||
  compareDigits(a.dev ?? '', b.dev ?? '') ||
  compareLocal(a, b);

const compareReleases: Order = (a, b) => {
  const longest = Math.max(a.release.length, b.release.length);
  for (let i = 0; i < longest; i += 1) {
    const order = compareDigits(a.release[i] ?? '0', b.release[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
};

const comparePre: Order = (a, b) =>
  compareText(preLetter(a), preLetter(b)) || compareDigits(a.pre?.number ?? '', b.pre?.number ?? '');

/** `1.0.dev1` comes before `1.0a1`, `1.0` after `1.0rc1`. */
const preLetter = ({ pre, post, dev }: VersionParts): string =>
  pre?.letter ?? (dev !== undefined && post === undefined ? '' : 'z');

const compareLocal: Order = (a, b) => {
  const shortest = Math.min(a.local.length, b.local.length);
  for (let i = 0; i < shortest; i += 1) {
    const order = compareSegments(a.local[i] ?? '', b.local[i] ?? '');
    if (order !== 0) return order;
  }
  return a.local.length - b.local.length;
};

/** Segments with letters come before numbers. */
const compareSegments = (a: string, b: string): number => {
  const numbers = Number(isNumber(a)) - Number(isNumber(b));
  return numbers || (isNumber(a) ? compareDigits(a, b) : compareText(a, b));
};

/** Compares numbers written without leading zeros, however long. */
const compareDigits = (a: string, b: string): number => a.length - b.length || compareText(a, b);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
