import type { WheelFacts } from '@piw/wheel/wheel-file';
import type { BuiltFile } from '@piw/wire/vocabulary';
import { externalLibraries } from './external-libraries.ts';
import { loaderLibraries } from './loader-libraries.ts';
import { owningPackages } from './owning-packages.ts';

/**
 * The libraries that a wheel needs and does not bring, as packages of this machine's distribution, but for those that every
 * system has; `unresolved` are those of no package.
 */
export async function findDependencies(
  { elf }: Pick<WheelFacts, 'elf'>,
  signal: AbortSignal,
): Promise<BuiltFile['dependencies']> {
  const needed = externalLibraries(elf);
  if (needed.length === 0) return {};
  const found = await loaderLibraries(needed, elf[0]?.bits ?? 64, signal);
  const paths = [...new Set(found.values())];
  const { manager, owners } = await owningPackages(paths, signal);
  const unresolved = needed.filter((name) => !owners.has(found.get(name) ?? ''));
  const packages = [...new Set(owners.values())].filter((name) => !everywhere.has(name)).sort();
  return {
    ...(manager !== null && packages.length > 0 ? { [manager]: packages } : {}),
    ...(unresolved.length > 0 ? { unresolved } : {}),
  };
}

/** The C library and the compiler's own: of Debian, of Fedora and its kin, of Alpine. */
const everywhere = new Set(['libc6', 'libgcc-s1', 'glibc', 'libgcc', 'musl']);
