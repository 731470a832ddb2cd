import type { Cell, MatrixTarget } from '@piw/db/matrix-cells';
import type { MatrixRow } from '@piw/db/package-matrix';
import { targetName } from '@piw/wheel/target';
import { linkOf } from './cell-link.ts';
import { lookOf, sentenceOf } from './cell-words.ts';
import { Day } from './day.tsx';

interface MatrixProps {
  readonly targets: readonly MatrixTarget[];
  readonly versions: readonly MatrixRow[];
  readonly root: string;
}

/** Versions against targets, a sign a cell; targets in the order of their rank, below their platforms. */
export const Matrix = ({ targets, versions, root }: MatrixProps) => (
  <div class="scroll">
    <table class="matrix">
      <thead>
        <tr>
          <th />
          {platformsOf(targets).map(({ platform, abis }) => (
            <th key={platform} colSpan={abis}>
              {platform}
            </th>
          ))}
        </tr>
        <tr>
          <th scope="col">Version</th>
          {targets.map((target) => (
            <th key={target.targetId} scope="col">
              {target.abi}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {versions.map((row) => (
          <tr key={row.version}>
            <th scope="row">
              {row.version} <Day ms={row.releasedMs} />
              <Badges row={row} />
            </th>
            {targets.map((target) => (
              <MatrixCell key={target.targetId} cell={cellOf(row, target)} target={target} root={root} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Why a version isn't like others. */
export const Badges = ({ row: { yanked, deleted, skipped } }: { readonly row: MatrixRow }) => (
  <>
    {yanked !== null && (
      <span class="badge" title={yanked}>
        yanked
      </span>
    )}
    {deleted && <span class="badge">deleted</span>}
    {skipped !== null && (
      <span class="badge" title={skipped}>
        skipped
      </span>
    )}
  </>
);

interface CellProps {
  readonly cell: Cell | undefined;
  readonly target: MatrixTarget;
  readonly root: string;
}

const MatrixCell = ({ cell, target, root }: CellProps) => {
  if (!cell) return <td />;
  const { sign, tone } = lookOf(cell);
  const href = linkOf(cell, root);
  const told = `${targetName(target)}: ${sentenceOf(cell)}`;
  const shown = (
    <>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden">{told}</span>
    </>
  );
  return (
    <td class={tone} title={told}>
      {href === undefined ? shown : <a href={href}>{shown}</a>}
    </td>
  );
};

/** How a version stands at a target. */
export const cellOf = ({ cells }: MatrixRow, { targetId }: MatrixTarget): Cell | undefined =>
  cells.find((cell) => cell.targetId === targetId);

function platformsOf(targets: readonly MatrixTarget[]): { platform: string; abis: number }[] {
  const counts = new Map<string, number>();
  for (const { platform } of targets) counts.set(platform, (counts.get(platform) ?? 0) + 1);
  return [...counts].map(([platform, abis]) => ({ platform, abis }));
}
