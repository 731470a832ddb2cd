import { z } from 'zod';

/** Canonical form of a package's name (PEP 503): `Foo.Bar` becomes `foo-bar`. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** A name that PyPI accepts (PEP 508, "Names") becomes canonical, and only then is it a PackageName. */
export const packageName = z
  .string()
  .max(200)
  .regex(/^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i, 'a package name has letters, digits, ".", "_" and "-" only')
  .transform(canonicalName)
  .brand<'PackageName'>();

export type PackageName = z.output<typeof packageName>;
