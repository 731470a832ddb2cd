import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { canonicalName } from '@piw/wheel/package-name';
import { parseRequirement } from '@piw/wheel/requirement';
import { admitsVersion } from '@piw/wheel/specifier';
import { parseVersion } from '@piw/wheel/version';

/** Whether an environment surely has what a requirement asks for; one with a marker or extras is left to pip to judge. */
export function satisfied(environment: string, text: string): boolean {
  const requirement = parseRequirement(text);
  if (requirement === undefined) return false;
  if (extraOnly.test(requirement.marker ?? '')) return true;
  if (requirement.marker !== null || requirement.extras.length > 0) return false;
  return distributions(environment).some(
    ({ name, version }) =>
      name === requirement.name && version !== undefined && admitsVersion(requirement.specifier, version),
  );
}

/** Whether a requirement is had only by who asks for an extra. */
export const isExtra = (text: string): boolean => extraOnly.test(parseRequirement(text)?.marker ?? '');

/** Of a build nobody asks for an extra, though flit names the requirements of all. */
const extraOnly = /^extra *== *(?:'[^']*'|"[^"]*")$/;

/** What is installed, by the names of its `.dist-info` folders (PEP 376). */
function distributions(environment: string) {
  return sitePackages(environment)
    .flatMap((folder) => readdirSync(folder))
    .filter((entry) => entry.endsWith('.dist-info'))
    .map((entry) => {
      const [name = '', version = ''] = entry.slice(0, -'.dist-info'.length).split('-');
      return { name: canonicalName(name), version: parseVersion(version) };
    });
}

/** `lib/python3.11/site-packages`, `lib/pypy3.9/site-packages`; none where an old PyPy has them elsewhere. */
export function sitePackages(environment: string): string[] {
  const lib = path.join(environment, 'lib');
  return (existsSync(lib) ? readdirSync(lib) : [])
    .filter((entry) => /^(?:python|pypy)\d/.test(entry))
    .map((entry) => path.join(lib, entry, 'site-packages'));
}
