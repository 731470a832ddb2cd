import { type LadderFile, type LadderTarget, upstreamIgnored, type VersionFacts } from '../ladder.ts';

/** The platforms of the example, and on each its targets from low to high. */
export const platforms = ['linux_aarch64', 'linux_armv7l'];
const abis = ['cp39', 'cp310', 'cp311', 'cp313t', 'pypy39_pp73'];
const stable: Readonly<Record<string, readonly string[]>> = {
  cp39: ['cp39'],
  cp310: ['cp310', 'cp39'],
  cp311: ['cp311', 'cp310', 'cp39'],
};
const pythons: Readonly<Record<string, string>> = {
  cp39: '3.9.2',
  cp310: '3.10.1',
  cp311: '3.11.2',
  cp313t: '3.13.0',
  pypy39_pp73: '3.9.16',
};

/** Targets 1 to 5 on the first platform and 6 to 10 on the second, each with the tags that its Python would accept. */
export const targets: readonly LadderTarget[] = platforms.flatMap((platform, p) =>
  abis.map((abi, a) => ({
    targetId: p * abis.length + a + 1,
    abi,
    platform,
    python: pythons[abi]!,
    tags: [
      ownTag(abi, platform),
      ...(stable[abi] ?? []).map((python) => `${python}-abi3-${platform}`),
      `py3-none-${platform}`,
      'py3-none-any',
    ],
  })),
);

/** The tag of what is compiled for this one ABI. */
export function ownTag(abi: string, platform: string): string {
  return `${abi.replace(/^pypy(\d+)_.*/, 'pp$1').replace(/t$/, '')}-${abi}-${platform}`;
}

/** A version of which nothing is known but what is said. */
export const facts = (known: Partial<VersionFacts>): VersionFacts => ({
  targets,
  files: [],
  outcomes: [],
  skipped: new Set(),
  requiresPython: null,
  gone: false,
  upstream: upstreamIgnored,
  ...known,
});

/** A file with one tag; compiled ones have ELF code. */
export const file = (tag: string, known: Partial<LadderFile> = {}): LadderFile => ({
  tags: [tag],
  requiresPython: null,
  builtOn: null,
  hasElf: !tag.endsWith('-none-any'),
  ...known,
});
