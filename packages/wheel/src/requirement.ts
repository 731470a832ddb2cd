import { type PackageName, packageName } from './package-name.ts';
import { parseSpecifier } from './specifier.ts';

/** A dependency (PEP 508). An empty specifier admits every version; the marker is text, not judged. */
export interface Requirement {
  readonly name: PackageName;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly url: string | null;
  readonly marker: string | null;
}

const longest = 5000;
const identifier = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const head = new RegExp(`^\\s*(?<name>${identifier})\\s*(?:\\[(?<extras>[^\\]]*)\\])?\\s*(?<rest>[^]*)$`);

/** Reads a requirement of at most 5,000 characters (PEP 508), with or without the parentheses of older metadata; undefined where the text is none. */
export function parseRequirement(text: string): Requirement | undefined {
  const groups = text.length <= longest ? head.exec(text)?.groups : undefined;
  const name = packageName.safeParse(groups?.['name']);
  const extras = readExtras(groups?.['extras']);
  const tail = readTail(groups?.['rest'] ?? '');
  return name.success && extras && tail ? { name: name.data, extras, ...tail } : undefined;
}

/** The package that a requirement is about; undefined where the text is no requirement. */
export const requirementName = (text: string): PackageName | undefined => parseRequirement(text)?.name;

function readExtras(text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === '') return [];
  const extras = text.split(',').map((extra) => packageName.safeParse(extra.trim()));
  return extras.every((extra) => extra.success) ? extras.map((extra) => extra.data) : undefined;
}

function readTail(rest: string): Pick<Requirement, 'specifier' | 'url' | 'marker'> | undefined {
  // A URL may contain ";": before a marker a space is due (PEP 508, "Grammar").
  const semicolon = rest.startsWith('@') ? rest.search(/\s;/) : rest.indexOf(';');
  const [wanted, marker] =
    semicolon < 0 ? [rest, null] : [rest.slice(0, semicolon), rest.slice(semicolon).trim().slice(1)];
  if (marker?.trim() === '') return undefined;
  const shared = { marker: marker?.trim() ?? null };
  const url = /^@\s*(\S+)\s*$/.exec(wanted)?.[1];
  if (url !== undefined) return { specifier: '', url, ...shared };
  const specifier = readSpecifier(wanted.trim());
  return specifier === undefined ? undefined : { specifier, url: null, ...shared };
}

function readSpecifier(text: string): string | undefined {
  const bare = /^\((.*)\)$/.exec(text)?.[1] ?? text;
  const clauses = bare
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  const specifier = clauses.join(',');
  return parseSpecifier(specifier) ? specifier : undefined;
}
