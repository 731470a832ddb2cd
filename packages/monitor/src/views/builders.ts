import { oncePer } from '@piw/operator/once-per';
import { slavesInOrder } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { Monitor } from '../state/monitor.ts';
import { rowsOf } from '../table/table.ts';
import { type Builder, either } from './builder.ts';
import { builderColumns } from './builder-columns.ts';
import { stateCounts } from './slave-words.ts';
import type { ListView } from './view.ts';

/** Every slave a row, after the master. */
export const buildersView: ListView = {
  kind: 'list',
  columns: ({ nowMs }) => builderColumns(nowMs),
  rows: (monitor) =>
    rowsOf(builderColumns(monitor.nowMs), builders(monitor), {
      key: either(
        () => 'master',
        ({ slave: { slave } }) => `slave ${slave}`,
      ),
      pinned: ({ is }) => is === 'master',
      ref: (builder) => (builder.is === 'master' ? { of: 'master' } : { of: 'slave', slave: builder.slave }),
    }),
  summary: (rows) => stateCounts(rows.flatMap(({ ref }) => (ref.of === 'slave' ? [ref.slave.state] : []))),
  empty: () => 'Nothing is known of the farm yet.',
  wishes: () => [],
  open: ({ ref }) => (ref.of === 'slave' ? { view: 'slave', label: ref.slave.label } : null),
};

const builders = ({ feed: { board } }: Monitor): readonly Builder[] => (board === null ? [] : buildersOf(board));

const buildersOf = oncePer((board: Board): readonly Builder[] => [
  { is: 'master', board },
  ...slavesInOrder(board).map((slave): Builder => ({ is: 'slave', slave, board })),
]);
