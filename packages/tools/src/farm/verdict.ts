import type { Answer } from '@piw/wire/control-protocol';

type PackageAnswer = Answer<'PACKAGE'>;
type Cell = PackageAnswer['versions'][number]['cells'][number];

/** What became of one wished version: its lines once every target is settled, and whether each has a wheel. */
export type Verdict =
  | { readonly phase: 'open' }
  | { readonly phase: 'settled'; readonly lines: readonly string[]; readonly allBuilt: boolean };

/**
 * Judges a version by its row of the matrix. A target that its Requires-Python excludes is none of its targets; one that nobody here
 * builds for is not waited for.
 */
export function judge(answer: PackageAnswer, version: string, targets: ReadonlySet<string>): Verdict {
  const row = answer.versions.find((one) => one.version === version);
  const cells = (row?.cells ?? []).filter(({ state }) => state !== 'excluded');
  if (row === undefined || cells.some((cell) => isOpen(cell) && targets.has(cell.target))) return { phase: 'open' };
  if (cells.length === 0)
    return {
      phase: 'settled',
      lines: [`${answer.package} ${version} - no-target no target's Python is admitted`],
      allBuilt: false,
    };
  return {
    phase: 'settled',
    lines: cells.map((cell) => `${answer.package} ${version} ${tell(cell)}`),
    allBuilt: cells.every(({ state }) => state === 'file'),
  };
}

const isOpen = ({ state }: Cell): boolean => state === 'waiting' || state === 'delayed' || state === 'building';

function tell({ target, state, outcome, url, file, text }: Cell): string {
  if (state === 'file') return `${target} success ${url ?? file ?? ''}`.trimEnd();
  if (state === 'waiting' || state === 'delayed') return `${target} ${state} no slave of this farm builds for it`;
  if (state === 'built') return `${target} ${state} ${text ?? ''}`.trimEnd();
  return `${target} ${outcome ?? state} ${text ?? ''}`.trimEnd();
}
