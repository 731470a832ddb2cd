import type { PackageManager } from '../distribution/distribution.ts';
import type { FullFacts } from './python-facts.ts';

/** The packages that complete a Python of the distribution. */
export interface PythonPackages {
  readonly headers: readonly string[];
  readonly venv: readonly string[];
  readonly compiler: readonly string[];
}

/** What a distribution calls the packages that a Python lacks; nothing where they come with it. */
export function pythonPackages(
  facts: Pick<FullFacts, 'python' | 'implementation'>,
  manager: PackageManager | null,
): PythonPackages {
  const python = facts.implementation === 'pypy' ? 'pypy3' : 'python3';
  switch (manager) {
    case 'apt': {
      const debian = facts.implementation === 'pypy' ? 'pypy3' : `python${minorVersion(facts.python)}`;
      return { headers: [`${debian}-dev`], venv: [`${debian}-venv`], compiler: ['gcc', 'g++', 'libc6-dev'] };
    }
    case 'dnf':
      return { headers: [`${python}-devel`], venv: [python, 'python3-pip'], compiler: ['gcc', 'gcc-c++'] };
    case 'zypper':
      return { headers: [`${python}-devel`], venv: [python, 'python3-pip'], compiler: ['gcc', 'gcc-c++'] };
    case 'apk':
      return { headers: [`${python}-dev`], venv: [python, 'py3-pip'], compiler: ['gcc', 'g++', 'musl-dev'] };
    case 'pacman':
      return { headers: [], venv: ['python-pip'], compiler: ['gcc'] };
    case null:
      return {
        headers: [`the headers of ${python}`],
        venv: [`venv and pip for ${python}`],
        compiler: ['a C compiler'],
      };
  }
}

/** `3.11` of `3.11.2`. */
const minorVersion = (python: string): string => python.split('.').slice(0, 2).join('.');
