import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Choice, Given } from './choice.ts';
import { slaveAt } from './nodes.ts';
import type { Sense } from './sense.ts';

type Which = 'all' | string[];

const order = (words: string, asks: boolean, given: Given): Choice => ({
  words,
  asks,
  does: { do: 'order', words, given },
});

const why = 'ordered at the Sense HAT';

/** What can be done with the selected node; nothing where no orders are given from here. */
export function actionsOf({ feed: { board }, selected, readonly }: Sense): readonly Choice[] {
  if (readonly !== null || !board) return [];
  if (selected === 'master') {
    const slaves = [...board.slaves.values()];
    const orders = ordersFor('all', 'all', slaves.some(isBusy), board.farm.paused !== null);
    return [...orders, order('stop the master', true, { name: 'STOP', ask: {} })];
  }
  const slave = slaveAt(board, selected);
  if (!slave) return [];
  const { label, quarantine } = slave;
  const lift = order(`lift ${label}`, false, { name: 'LIFT', ask: { slaves: [label] } });
  return [...(quarantine ? [lift] : []), ...ordersFor([label], label, isBusy(slave), slave.paused !== null)];
}

const isBusy = ({ task }: SlavePicture): boolean => task !== null;

function ordersFor(slaves: Which, name: string, busy: boolean, paused: boolean): Choice[] {
  const skip = order(`skip what ${name === 'all' ? 'all build' : `${name} builds`}`, true, {
    ...{ name: 'SKIP', ask: { what: { slaves }, why } },
  });
  return [
    ...(busy ? [skip] : []),
    ...(paused
      ? [order(`resume ${name}`, false, { name: 'RESUME', ask: { slaves } })]
      : [order(`pause ${name}`, false, { name: 'PAUSE', ask: { slaves, why } })]),
    order(`halt ${name}`, true, { name: 'HALT', ask: { slaves, why } }),
    order(`drain ${name}`, true, { name: 'DRAIN', ask: { slaves } }),
    order(`kill ${name}`, true, { name: 'KILL', ask: { slaves, why } }),
  ];
}
