import path from 'node:path';
import { about, type Rule } from './rule.ts';

/** Programs that were called and aren't there, as shells, Python, setuptools and build systems put it. */
export const missingTool: readonly Rule[] = [
  tool(/^(?:Error: |error: )?([\w.+-]+) executable not found/),
  tool(/(?:^|\/)(?:ba|da)?sh: (?:line )?(?:\d+: )?([\w./+-]+): (?:command )?not found/),
  tool(/unable to execute '([\w./+-]+)': No such file or directory/),
  tool(/error: command '([\w./+-]+)' failed: No such file or directory/),
  tool(/FileNotFoundError: \[Errno 2\] No such file or directory: '([a-z][\w+-]*)'$/),
  tool(/Program '?([\w.+-]+)'? not found or not executable/),
  tool(/Did not find (?:CMake|[Pp]kg-[Cc]onfig) '?([\w.+-]+)'?/),
  tool(/unable to find a build program corresponding to "([\w.+-]+)"/),
  tool(/Unknown compiler\(s\): \[\['([\w.+-]+)'/),
  tool(/^g?make(?:\[\d+\])?: ([\w.+-]+): No such file or directory/),
  named('cargo', /Cargo, the Rust package manager, is not installed|Rust not found|cargo not found/),
  named('rustc', /can't find Rust compiler/i),
  named('cmake', /CMake must be installed|Could not find CMake|Problem with the CMake installation/i),
  named('pkg-config', /pkg-config (?:is )?not found|pkg-config script could not be found/i),
  named('c++', /No CMAKE_CXX_COMPILER could be found/),
  named('cc', /No CMAKE_C_COMPILER could be found|no acceptable C compiler found/),
  named('gfortran', /No CMAKE_Fortran_COMPILER could be found|no Fortran compiler found/i),
];

function tool(pattern: RegExp): Rule {
  return {
    ...about('missing-tool', pattern, (name) => `The program ${path.basename(name)} is missing.`),
    subject: ([name = '']) => path.basename(name),
  };
}

function named(name: string, pattern: RegExp): Rule {
  return { ...tool(pattern), subject: () => name, text: () => `The program ${name} is missing.` };
}
