import type { PackageManager } from '../distribution/distribution.ts';

/** A program that builds call: what it is for, and the packages that have it. */
export interface KnownTool {
  readonly name: string;
  readonly purpose: string;
  readonly packages: Readonly<Record<PackageManager, string>>;
}

const named = (name: string, purpose: string, packages: Partial<KnownTool['packages']> = {}): KnownTool => ({
  name,
  purpose,
  packages: { apt: name, dnf: name, apk: name, pacman: name, zypper: name, ...packages },
});

/** The tools that a slave looks for, in the order that `--check` shows them. */
export const knownTools: readonly KnownTool[] = [
  named('cc', 'C extensions', { apt: 'gcc', dnf: 'gcc', apk: 'gcc musl-dev', pacman: 'gcc', zypper: 'gcc' }),
  named('c++', 'C++ extensions', { apt: 'g++', dnf: 'gcc-c++', apk: 'g++', pacman: 'gcc', zypper: 'gcc-c++' }),
  named('make', 'libraries that packages bring along'),
  named('pkg-config', 'finding libraries', { dnf: 'pkgconf-pkg-config', apk: 'pkgconf', pacman: 'pkgconf' }),
  named('cmake', 'packages built with CMake'),
  named('ninja', 'packages built with Meson or CMake', { apt: 'ninja-build', dnf: 'ninja-build' }),
  named('meson', 'packages that call Meson themselves'),
  named('gfortran', 'Fortran extensions', { dnf: 'gcc-gfortran', pacman: 'gcc-fortran', zypper: 'gcc-fortran' }),
  named('cargo', 'Rust extensions', { pacman: 'rust' }),
  named('rustc', 'Rust extensions', { dnf: 'rust', apk: 'rust', pacman: 'rust', zypper: 'rust' }),
  named('swig', 'packages that generate their bindings'),
];
