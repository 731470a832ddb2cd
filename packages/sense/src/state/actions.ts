import type { Given } from '@piw/operator/order';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Choice } from './choice.ts';
import { slaveAt } from './nodes.ts';
import type { Sense } from './sense.ts';

type Which = 'all' | string[];

/** `verb` is what is ordered, `done` how it is told of; `which` of whom or what. */
const order = (verb: string, done: string, which: string, asks: boolean, ...given: Given[]): Choice => ({
  words: `${verb} ${which}`,
  asks,
  does: { do: 'order', told: `${done} ${which}`, given },
});

const why = 'ordered at the Sense HAT';

/** What can be done with the selected node; nothing where no orders are given from here. */
export function actionsOf({ feed: { board }, selected, readonly }: Sense): readonly Choice[] {
  if (readonly !== null || !board) return [];
  if (selected === 'master') {
    const slaves = [...board.slaves.values()];
    const orders = ordersFor('all', 'all', board.farm.paused !== null);
    const stop = order('stop', 'stopping', 'the master', true, { name: 'STOP', ask: {} });
    return [...skipAll(slaves), ...orders, stop];
  }
  const slave = slaveAt(board, selected);
  if (!slave) return [];
  const { label, quarantine } = slave;
  const lift = order('lift', 'lifted', label, false, { name: 'LIFT', ask: { slaves: [label] } });
  return [...skipOf(slave), ...(quarantine ? [lift] : []), ...ordersFor([label], label, slave.paused !== null)];
}

/** What is built at this moment is what the question names and the order skips, whatever is built by the answer. */
const skipping = ({ package: name, version, target }: NonNullable<SlavePicture['task']>): Given => ({
  name: 'SKIP',
  ask: { what: { package: name, version, target }, why },
});

const skipOf = ({ task }: SlavePicture): Choice[] =>
  task ? [order('skip', 'skipped', `${task.package} ${task.version}`, true, skipping(task))] : [];

/** Of those who build nothing nothing is skipped. */
function skipAll(slaves: readonly SlavePicture[]): Choice[] {
  const given = slaves.flatMap(({ task }) => (task ? [skipping(task)] : []));
  if (given.length === 0) return [];
  const which = given.length === 1 ? 'the one build' : `all ${given.length} builds`;
  return [order('skip', 'skipped', which, true, ...given)];
}

function ordersFor(slaves: Which, name: string, paused: boolean): Choice[] {
  return [
    ...(paused
      ? [order('resume', 'resumed', name, false, { name: 'RESUME', ask: { slaves } })]
      : [order('pause', 'paused', name, false, { name: 'PAUSE', ask: { slaves, why } })]),
    order('halt', 'halted', name, true, { name: 'HALT', ask: { slaves, why } }),
    order('drain', 'draining', name, true, { name: 'DRAIN', ask: { slaves } }),
    order('kill', 'killed', name, true, { name: 'KILL', ask: { slaves, why } }),
  ];
}
