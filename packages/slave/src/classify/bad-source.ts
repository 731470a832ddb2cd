import { about, type Rule } from './rule.ts';

/** Source distributions that lack a file of their own, or were not made as they should. */
export const badSource: readonly Rule[] = [
  last(
    about(
      'bad-sdist',
      /FileNotFoundError: \[Errno 2\] No such file or directory: '(?:\/build\/)?([\w./-]*\.(?:txt|md|rst|in|toml|cfg|py|json|ya?ml)|README|LICENSE|VERSION|CHANGES)'/i,
      missingFile,
    ),
  ),
  last(
    about(
      'bad-sdist',
      /(?:No such file or directory|does not exist): '?(?:\/build\/)?([\w./-]+\.(?:pyx|pxd|c|cpp|rs))\b/,
      missingFile,
    ),
  ),
  about(
    'bad-sdist',
    /(setuptools[-_]scm) was unable to detect version/,
    () => 'The source distribution does not tell its version (setuptools_scm).',
  ),
  about('bad-sdist', /invalid (pyproject\.toml) config/, () => 'Its pyproject.toml is invalid.'),
  about('bad-sdist', /configuration error: `?([\w.-]+)`? must/, (field) => `Its pyproject.toml is invalid: ${field}.`),
];

function missingFile(file: string): string {
  return `The source distribution lacks its file ${file}.`;
}

function last(rule: Rule): Rule {
  return { ...rule, pick: 'last' };
}
