import type { MatrixTarget } from '@piw/db/matrix-cells';
import type { MatrixRow } from '@piw/db/package-matrix';
import { logLinkOf } from './cell-link.ts';
import { lookOf, sentenceOf } from './cell-words.ts';
import { cellOf } from './matrix.tsx';

interface NewestProps {
  readonly row: MatrixRow;
  readonly targets: readonly MatrixTarget[];
  readonly root: string;
}

/** The newest version at each target, in words. */
export const NewestVersion = ({ row, targets, root }: NewestProps) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Python</th>
          <th scope="col">Platform</th>
          <th scope="col">{row.version}</th>
          <th scope="col">Log</th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target) => {
          const cell = cellOf(row, target);
          const log = cell && logLinkOf(cell, root);
          return (
            <tr key={target.targetId}>
              <td>{target.abi}</td>
              <td>{target.platform}</td>
              <td class={cell && lookOf(cell).tone}>{cell && sentenceOf(cell)}</td>
              <td>{log !== undefined && <a href={log}>log</a>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
