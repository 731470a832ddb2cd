import type { Given } from '@piw/operator/order';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Choice } from './choice.ts';
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
    const orders = ordersFor('all', 'all', board.farm.paused !== null);
    return [...slaves.flatMap(skipOf), ...orders, order('stop the master', true, { name: 'STOP', ask: {} })];
  }
  const slave = slaveAt(board, selected);
  if (!slave) return [];
  const { label, quarantine } = slave;
  const lift = order(`lift ${label}`, false, { name: 'LIFT', ask: { slaves: [label] } });
  return [...skipOf(slave), ...(quarantine ? [lift] : []), ...ordersFor([label], label, slave.paused !== null)];
}

/** What it builds at this moment is what the question names and the order skips, whatever it builds by the answer. */
function skipOf({ task }: SlavePicture): Choice[] {
  if (!task) return [];
  const { package: name, version, target } = task;
  const given = { name: 'SKIP', ask: { what: { package: name, version, target }, why } } as const;
  return [order(`skip ${name} ${version}`, true, given)];
}

function ordersFor(slaves: Which, name: string, paused: boolean): Choice[] {
  return [
    ...(paused
      ? [order(`resume ${name}`, false, { name: 'RESUME', ask: { slaves } })]
      : [order(`pause ${name}`, false, { name: 'PAUSE', ask: { slaves, why } })]),
    order(`halt ${name}`, true, { name: 'HALT', ask: { slaves, why } }),
    order(`drain ${name}`, true, { name: 'DRAIN', ask: { slaves } }),
    order(`kill ${name}`, true, { name: 'KILL', ask: { slaves, why } }),
  ];
}
