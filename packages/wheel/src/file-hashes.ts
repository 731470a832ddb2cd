import type { ProjectFile } from './project-file.ts';

/** What an index says of a file's content: its SHA-256, and what else of it pip or uv verify. */
export type FileHashes = Pick<ProjectFile, 'sha256' | 'otherHashes'>;

/** What pip and uv verify beside SHA-256, the strongest first, with the digits that each has. */
const others = { sha512: 128, sha384: 96, sha224: 56, sha1: 40, md5: 32 } as const;

/** The hashes that a page in JSON tells of a file; what isn't one is passed over (PEP 691). */
export function fileHashes(told: unknown): FileHashes {
  const known = typeof told === 'object' && told !== null ? (told as Readonly<Record<string, unknown>>) : {};
  const found = Object.entries(others).flatMap(([name, digits]) => {
    const hash = Object.hasOwn(known, name) ? hexOrNull(known[name], digits) : null;
    return hash === null ? [] : [[name, hash] as const];
  });
  const sha256 = sha256OrNull(known['sha256']);
  return found.length === 0 ? { sha256 } : { sha256, otherHashes: Object.fromEntries(found) };
}

/** The hash that the fragment of an address holds (PEP 503). */
export const hashInFragment = (fragment: string): FileHashes =>
  fileHashes(Object.fromEntries(new URLSearchParams(fragment.slice(1, 1000))));

/** `#sha256=…`, or the strongest other one; nothing where none is known. */
export function hashFragment({ sha256, otherHashes = {} }: FileHashes): string {
  const strongest = Object.keys(others).find((name) => Object.hasOwn(otherHashes, name));
  if (sha256 !== null) return `#sha256=${sha256}`;
  return strongest === undefined ? '' : `#${strongest}=${otherHashes[strongest]}`;
}

/** All of them as PEP 691 has them. */
export const hashesInJson = ({ sha256, otherHashes }: FileHashes): Readonly<Record<string, string>> => ({
  ...(sha256 === null ? {} : { sha256 }),
  ...otherHashes,
});

/** A SHA-256 in lower case; null where it is none. */
export const sha256OrNull = (told: unknown): string | null => hexOrNull(told, 64);

const hexOrNull = (told: unknown, digits: number): string | null =>
  typeof told === 'string' && told.length === digits && /^[0-9a-f]+$/i.test(told) ? told.toLowerCase() : null;
