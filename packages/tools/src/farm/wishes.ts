import { UsageError } from '@piw/host/operator-error';
import { type PackageName, packageName } from '@piw/wheel/package-name';
import { type Version, version } from '@piw/wheel/version';

/** What somebody asked for by name; null is the newest version. */
export interface Wish {
  readonly package: PackageName;
  readonly version: Version | null;
}

/** Reads `NAME` or `NAME==VERSION` (PEP 440's version matching clause); throws a UsageError. */
export function parseWish(text: string): Wish {
  const [name = '', wanted, ...rest] = text.split('==').map((part) => part.trim());
  const parsedName = packageName.safeParse(name);
  const parsedVersion = wanted === undefined ? undefined : version.safeParse(wanted);
  if (!parsedName.success || rest.length > 0)
    throw new UsageError(`"${text}" names no package.`, 'Write NAME or NAME==VERSION, as in six==1.17.0.');
  if (parsedVersion?.success === false)
    throw new UsageError(`"${wanted}" is no version.`, 'Write a version as PEP 440 has it: 1.0, 2.0rc1, 3.1.post2.');
  return { package: parsedName.data, version: parsedVersion?.data ?? null };
}
