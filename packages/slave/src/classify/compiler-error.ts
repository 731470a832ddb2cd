import type { Rule } from './rule.ts';

const complaint = (pattern: RegExp): Rule => ({
  kind: 'compiler-error',
  pattern,
  pick: 'first',
  subject: ([file = '']) => file,
  text: ([file = '', what = '']) => `${file} does not compile: ${what}`,
});

const plain = (pattern: RegExp, text: (what: string) => string): Rule => ({
  kind: 'compiler-error',
  pattern,
  pick: 'first',
  subject: () => null,
  text: ([what = '']) => text(what),
});

/** What compilers and linkers complain of; headers and libraries that are missing have rules of their own, before these. */
export const compilerError: readonly Rule[] = [
  complaint(
    /^\s*([\w./+-]+\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|m|cu|f|f90|f95|pyx|pxd|pxi):\d+)(?::\d+)?: (?:fatal )?error: (.+)/i,
  ),
  complaint(/^([\w./+-]+\.(?:pyx|pxd|pxi|py):\d+):\d+: (?!warning|note)(.+)/),
  plain(/undefined reference to [`'"]([^'`"]+)/, (name) => `Linking fails: ${name} is not defined.`),
  plain(/^error(?:\[E\d{4}\])?: (?!command |could not compile|aborting)(.+)/, (what) => `Compiling fails: ${what}`),
  plain(/^error: could not compile `([\w-]+)`/, (crate) => `The crate ${crate} does not compile.`),
  plain(/^CMake Error(?: at [^:]+:\d+ \(.*\))?: ?(.+)/, (what) => `CMake fails: ${what}`),
  plain(/^(?:.*meson\.build:\d+:\d+: )ERROR: (.+)/, (what) => `Meson fails: ${what}`),
  plain(/^configure: error: (.+)/, (what) => `The configure script fails: ${what}`),
  plain(
    /error: command '?([\w./+-]+)'? failed with exit (?:code|status) \d+/,
    (command) => `The compiler ${command.split('/').at(-1)} fails.`,
  ),
  plain(/^building extension "([\w.]+)" failed: /, (name) => `The extension ${name} does not compile.`), // an optional one
];
