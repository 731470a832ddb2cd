import type { Cell } from '@piw/db/matrix-cells';
import { logPath, wheelPath } from '../../published-path.ts';

/** Where a cell leads to: its file, else the log of its latest attempt if that ended; undefined where there is neither. */
export const linkOf = (cell: Cell, root: string): string | undefined =>
  cell.file ? `${root}${wheelPath(cell.file.sha256, cell.file.filename)}` : logLinkOf(cell, root);

/** The log of a cell's latest attempt, once that ended. */
export const logLinkOf = ({ attempt, outcome }: Cell, root: string): string | undefined =>
  attempt === null || outcome === null ? undefined : `${root}${logPath(attempt)}`;
