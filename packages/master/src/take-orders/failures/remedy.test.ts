import { reasonKind } from '@piw/wheel/outcome';
import { expect, test } from 'vitest';
import { remedyFor } from './remedy.ts';

test.each([
  [
    'missing-header',
    'ffi.h',
    'Install libffi-dev on the slaves (Fedora: libffi-devel; Alpine: libffi-dev); then: piw-control retry --reason missing-header --subject ffi.h',
  ],
  [
    'missing-tool',
    'cmake',
    'Install cmake on the slaves; then: piw-control retry --reason missing-tool --subject cmake',
  ],
  [
    'missing-header',
    'odd/thing.h',
    'Install what has odd/thing.h on the slaves; then: piw-control retry --reason missing-header --subject odd/thing.h',
  ],
  [
    'missing-library',
    'cairo',
    'Install libcairo2-dev on the slaves (Fedora: cairo-devel; Alpine: cairo-dev); then: piw-control retry --reason missing-library --subject cairo',
  ],
  [
    'missing-library',
    'libmariadb',
    'Install libmariadb-dev on the slaves (Fedora: mariadb-connector-c-devel; Alpine: mariadb-connector-c-dev); then: piw-control retry --reason missing-library --subject libmariadb',
  ],
  [
    'missing-library',
    'libxml-2.0',
    'Install libxml2-dev on the slaves (Fedora: libxml2-devel; Alpine: libxml2-dev); then: piw-control retry --reason missing-library --subject libxml-2.0',
  ],
  [
    'missing-library',
    'ZLIB',
    'Install zlib1g-dev on the slaves (Fedora: zlib-devel; Alpine: zlib-dev); then: piw-control retry --reason missing-library --subject ZLIB',
  ],
  [
    'missing-library',
    'constructor',
    'Install what has the library constructor on the slaves; then: piw-control retry --reason missing-library --subject constructor',
  ],
  [
    'needs-network',
    null,
    'If you trust the package, let its recipe have the network; then: piw-control retry --reason needs-network',
  ],
] as const)('%s of %s tells what to install or change, and how to try again', (kind, subject, remedy) => {
  expect(remedyFor({ kind, subject })).toBe(remedy);
});

test('what a package says of itself can do nothing in the shell that its remedy is pasted into', () => {
  const remedy = remedyFor({ kind: 'missing-module', subject: `a'; rm -rf ~ #` });
  expect(remedy?.endsWith(`--subject 'a'\\''; rm -rf ~ #'`)).toBe(true);
});

test('where only logs tell what would help, no remedy is made up', () => {
  expect(remedyFor({ kind: 'compiler-error', subject: 'x.c' })).toBeNull();
  expect(remedyFor({ kind: null, subject: null })).toBeNull();
  for (const kind of reasonKind.options) expect(remedyFor({ kind, subject: null }) ?? '', kind).not.toContain('null');
});
