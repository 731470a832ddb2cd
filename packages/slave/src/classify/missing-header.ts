import { about, type Rule } from './rule.ts';

const text = (header: string): string => `The header ${header} is missing.`;

/** What compilers of C and C++ say of a header that isn't there; not when a configure script merely tries. */
export const missingHeader: readonly Rule[] = [
  about(
    'missing-header',
    /^(?!.*(?:conftest|_configtest|CMakeTmp|CMakeScratch)).*fatal error: ([\w./+-]+): No such file or directory/,
    text,
  ),
  about(
    'missing-header',
    /^(?!.*(?:conftest|_configtest|CMakeTmp|CMakeScratch)).*fatal error: '([\w./+-]+)' file not found/,
    text,
  ),
  about('missing-header', /(?:Missing|Could not find|Cannot find|required) header[: ]+'?([\w/+-]+\.h(?:pp)?)\b/i, text),
];
