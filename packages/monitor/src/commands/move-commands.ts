import { bodyHeight } from '../frame/body-height.ts';
import { listOf } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { choose, moveBy } from '../state/move.ts';
import { type Command, stepTo } from './command.ts';

const always = (): boolean => true;
const everything = Number.MAX_SAFE_INTEGER;

/** A page less a line, which is seen before and after. */
function pageOf(monitor: Monitor): number {
  const { rows, height } = bodyHeight(monitor);
  return Math.max(1, (listOf(monitor) === null ? height : rows) - 1);
}

const move = (name: string, keys: readonly string[], about: string, lines: (monitor: Monitor) => number): Command => ({
  ...{ name, keys, about, group: 'Move', when: always },
  run: (monitor) => stepTo(moveBy(monitor, lines(monitor))),
});

/** How to get about in a list or a page. */
export const moveCommands: readonly Command[] = [
  move('up', ['up', 'k'], 'a line up', () => -1),
  move('down', ['down', 'j'], 'a line down', () => 1),
  move('page-up', ['pageup', 'ctrl-b'], 'a page up', (monitor) => -pageOf(monitor)),
  move('page-down', ['pagedown', 'ctrl-f'], 'a page down', pageOf),
  {
    ...{ name: 'top', keys: ['home', 'g'], group: 'Move', about: 'to the beginning', when: always },
    run: (monitor) => stepTo(listOf(monitor) ? choose(monitor, 0) : moveBy(monitor, -everything)),
  },
  {
    ...{ name: 'bottom', keys: ['end', 'G'], group: 'Move', about: 'to the end', when: always },
    run: (monitor) => stepTo(listOf(monitor) ? choose(monitor, everything) : moveBy(monitor, everything)),
  },
];
