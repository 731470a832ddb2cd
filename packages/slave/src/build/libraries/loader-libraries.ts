import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { output } from './program-output.ts';

/** Where loaders look that keep no cache (musl's ld.so does not). */
const folders = ['/lib', '/usr/local/lib', '/usr/lib'];

/** The files that this machine's loader would load for these names (ldconfig's cache, else the usual folders); a name that nothing answers is missing. */
export async function loaderLibraries(
  names: readonly string[],
  bits: 32 | 64,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const cache = parseLoaderCache(await output(ldconfig, ['-p'], signal), bits);
  const found = new Map<string, string>();
  for (const name of names) {
    const place = cache.get(name) ?? (await firstFile(folders.map((folder) => path.join(folder, name))));
    if (place !== undefined) found.set(name, await realpath(place).catch(() => place));
  }
  return found;
}

/** Not on the PATH of ordinary users. */
const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'];

/** Reads `libz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1`: of each name the first of this word size, where that is told. */
export function parseLoaderCache(text: string, bits: 32 | 64): Map<string, string> {
  const lines = [...text.matchAll(/^\s*(\S+) \(([^)\n]*)\) => (\S+)$/gm)].map(
    ([, name = '', kind = '', place = '']) => ({
      name,
      place,
      suits: /\b(?:x86-64|64bit|AArch64)\b/.test(kind) === (bits === 64),
    }),
  );
  const bestFirst = [...lines.filter(({ suits }) => suits), ...lines.filter(({ suits }) => !suits)];
  return new Map(bestFirst.reverse().map(({ name, place }) => [name, place]));
}

async function firstFile(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) if ((await stat(place).catch(() => undefined))?.isFile()) return place;
  return undefined;
}
