import { about, type Rule } from './rule.ts';

const text = (library: string): string => `The library ${library} is missing.`;

/** Libraries that linkers, pkg-config, CMake, Meson and configure scripts look for in vain. */
export const missingLibrary: readonly Rule[] = [
  about('missing-library', /\bcannot find -l:?([\w.+-]+)/, text),
  about('missing-library', /unable to find library -l([\w.+-]+)/, text),
  about('missing-library', /^(?:ERROR: |.*\d: ERROR: )?Dependency "?([\w.+-]+)"? (?:is )?not found/, text),
  about(
    'missing-library',
    /Package '?([\w.+-]+)'?,? (?:was not found in the pkg-config|required by .*, not found)/,
    text,
  ),
  about('missing-library', /No package '([\w.+-]+)' found/, text),
  {
    ...about('missing-library', /'pkg-config --exists ([\w.+-]+)' returned non-zero exit status 1\b/, text),
    pick: 'last',
  },
  about('missing-library', /Could NOT find ([\w.+-]+) \(missing:/i, text),
  about('missing-library', /Could not find a package configuration file provided by "([\w.+-]+)"/, text),
  about('missing-library', /configure: error: .*\b(lib[\w.+-]+)/i, text),
  about(
    'missing-library',
    /(?:could not find|cannot find|can't find|unable to find|requires) (?:the )?(lib[a-z][\w.+-]+)/i,
    text,
  ),
  about('missing-library', /The headers or library files could not be found for ([\w.+-]+)/, text),
];
