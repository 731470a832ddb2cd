import type { Chart } from '../charts/chart.ts';
import type { Wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Place } from '../state/place.ts';
import type { Summary } from '../table/group-rows.ts';
import type { Column, Row } from '../table/table.ts';
import type { Line } from '../text/span.ts';

/** Rows below heads of columns. */
export interface ListView {
  readonly kind: 'list';
  readonly columns: (monitor: Monitor) => readonly Column[];
  /** In their usual order, whatever is filtered and sorted after that. */
  readonly rows: (monitor: Monitor) => readonly Row[];
  /** What stands above the table. */
  readonly above?: (monitor: Monitor, width: number) => readonly Line[];
  /** What stands below the rows, about the chosen one. */
  readonly below?: (monitor: Monitor, width: number) => readonly Line[];
  /** What is said where there are no rows. */
  readonly empty: (monitor: Monitor) => string;
  /** What the head of a group tells of the rows below it. */
  readonly summary?: Summary;
  /** The columns whose cells can be chosen by themselves. */
  readonly cells?: (monitor: Monitor) => readonly string[];
  readonly wishes: (monitor: Monitor) => readonly Wish[];
  /** Before what there is an earlier page, which the operator gets by going on at the end; null: nothing is known of one. */
  readonly next?: (monitor: Monitor) => number | null;
  /** Where Enter on a row, or on what a cell of it stands for, leads; null: nowhere. */
  readonly open: (row: Pick<Row, 'ref'>) => Place | null;
}

/** Lines to read, and a log beneath them where there is one. */
export interface PageView {
  readonly kind: 'page';
  readonly lines: (monitor: Monitor, width: number) => readonly Line[];
  /** The attempt whose log is shown; null: none yet. Without it there is no log. */
  readonly attempt?: (monitor: Monitor) => number | null;
  readonly wishes: (monitor: Monitor) => readonly Wish[];
}

/** Charts, as many as there is room for. */
export interface ChartsView {
  readonly kind: 'charts';
  readonly heading: (monitor: Monitor) => Line;
  readonly charts: (monitor: Monitor) => readonly Chart[];
  readonly wishes: (monitor: Monitor) => readonly Wish[];
}

export type View = ListView | PageView | ChartsView;
