import { canonicalName, type PackageName, packageName } from '@piw/wheel/package-name';

/** What a request's path stands for in the output directory. */
export type SitePath =
  | { readonly kind: 'file'; readonly segments: readonly string[]; readonly folder: boolean }
  /** Another address, relative to the one that was asked for. */
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'nothing' };

const nothing: SitePath = { kind: 'nothing' };

/** Understands the path of a URL: no escapes from the directory, nothing hidden, and names of packages canonical (PEP 503). */
export function sitePath(pathname: string): SitePath {
  const segments = pathname.split('/').slice(1).map(decoded);
  const folder = segments.at(-1) === '';
  const names = folder ? segments.slice(0, -1) : segments;
  if (!names.every(isServable) || names[0] === 'incoming') return nothing;
  const project = projectIn(names);
  if (project !== undefined && project !== canonicalName(project))
    return { kind: 'redirect', to: `${folder ? '../' : './'}${canonicalName(project)}/` };
  return { kind: 'file', segments: names, folder };
}

/** What no segment may be: empty, hidden, a way up, or something else in disguise. */
export const isServable = (segment: string | undefined): segment is string =>
  segment !== undefined && /^[^./\\\x00-\x1f][^/\\\x00-\x1f]*$/.test(segment);

/** Whether a folder holds an index page, or that of a package, of which there are HTML and JSON. */
export const isIndexFolder = (names: readonly string[]): boolean => {
  const below = names[0] === 'own' ? names.slice(1) : names;
  return below[0] === 'simple' && below.length <= 2;
};

/** The package whose page of the merged index a path is; undefined where it is something else. */
export function packageOf(names: readonly string[]): PackageName | undefined {
  const [index, name, ...more] = names;
  return index === 'simple' && more.length === 0 && name === projectIn(names)
    ? packageName.safeParse(name).data
    : undefined;
}

/** `foo` in `simple/foo` and `own/simple/foo`. */
function projectIn(names: readonly string[]): string | undefined {
  const last = names.at(-1);
  const within = names.slice(0, -1).join('/');
  const isPage = last === 'index.html' || last === 'index.json';
  return (within === 'simple' || within === 'own/simple') && !isPage ? last : undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
