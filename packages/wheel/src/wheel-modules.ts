import type { Metadata } from './metadata.ts';

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const extensionModule = /^([^.]+)(?:\.[\w-]+)*\.(?:so|pyd)$/;
const most = 200;

/**
 * The modules that a wheel brings, as `import` takes them: what Import-Name says (PEP 794), else those of top_level.txt
 * that are there, else what its files show. Of a namespace package its topmost real modules; 200 at most.
 */
export function wheelModules(
  files: Iterable<string>,
  { importNames }: Pick<Metadata, 'importNames'>,
  topLevel: string | null,
): string[] {
  if (importNames !== null) return importNames.filter(isModuleName).slice(0, most);
  const shown = shownModules(files);
  const listed = new Set((topLevel ?? '').split(/\r\n|\r|\n/).map((line) => line.trim()));
  const both = shown.filter((name) => listed.has(name.split('.', 1)[0]!));
  return (both.length > 0 ? both : shown).slice(0, most);
}

const isModuleName = (name: string): boolean => name.split('.').every((part) => identifier.test(part));

/** Topmost packages and modules in what an installer puts on the path: the root, purelib and platlib. */
function shownModules(files: Iterable<string>): string[] {
  const modules = [...files].map(modulePath).filter((path) => path !== undefined);
  const packages = new Set(
    modules.filter((path) => path.at(-1) === '__init__').map((path) => path.slice(0, -1).join('.')),
  );
  const topmost = modules.map((path) => {
    const named = path.at(-1) === '__init__' ? path.slice(0, -1) : path;
    const depth = named.findIndex((_, nth) => packages.has(named.slice(0, nth + 1).join('.')));
    return depth < 0 ? named.join('.') : named.slice(0, depth + 1).join('.');
  });
  return [...new Set(topmost)].filter((name) => name !== '' && !isProgram(name)).sort();
}

/** Importing `__main__` would run it. */
const isProgram = (name: string): boolean => /(?:^|\.)__main__$/.test(name);

/** `ns/pkg/_fast.cpython-311-x86_64-linux-gnu.so` is ns, pkg, _fast; undefined where a file is no module. */
function modulePath(file: string): string[] | undefined {
  const parts = file.split('/');
  const data = parts[0]!.endsWith('.data');
  if (data && parts[1] !== 'purelib' && parts[1] !== 'platlib') return undefined;
  const folders = parts.slice(data ? 2 : 0, -1);
  const filename = parts.at(-1)!;
  const name = filename.endsWith('.py') ? filename.slice(0, -3) : extensionModule.exec(filename)?.[1];
  const path = name === undefined ? undefined : [...folders, name];
  return path?.every((part) => identifier.test(part)) ? path : undefined;
}
