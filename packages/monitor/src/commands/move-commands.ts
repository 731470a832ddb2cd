import { bodyHeight } from '../frame/body-height.ts';
import { aside } from '../state/aside.ts';
import { chooseAttention, chosenAttention } from '../state/chosen-attention.ts';
import { listOf } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { atTop, choose, moveBy } from '../state/move.ts';
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
  {
    ...{ name: 'up', keys: ['up', 'k'], group: 'Move', when: always },
    about: 'a line up; above the first to what needs a human',
    run: (monitor) => stepTo(atTop(monitor) ? chooseAttention(monitor) : moveBy(monitor, -1)),
  },
  {
    ...{ name: 'down', keys: ['down', 'j'], group: 'Move', about: 'a line down', when: always },
    run: (monitor) => stepTo(chosenAttention(monitor) === null ? moveBy(monitor, 1) : { ...monitor, attention: null }),
  },
  {
    ...{ name: 'left', keys: ['left', 'h'], group: 'Move', when: always },
    about: 'to the cell, the columns or the part of a log at the left',
    run: (monitor) => stepTo(aside(monitor, -1)),
  },
  {
    ...{ name: 'right', keys: ['right', 'l'], group: 'Move', when: always },
    about: 'to the cell, the columns or the part of a log at the right',
    run: (monitor) => stepTo(aside(monitor, 1)),
  },
  move('page-up', ['pageup', 'ctrl-b'], 'a page up', (monitor) => -pageOf(monitor)),
  {
    ...move('page-down', ['pagedown', 'ctrl-f'], 'a page down', pageOf),
    hint: (monitor) =>
      monitor.place.view === 'help' && bodyHeight(monitor).length > bodyHeight(monitor).height ? 'goes on' : undefined,
  },
  {
    ...{ name: 'top', keys: ['home', 'g'], group: 'Move', about: 'to the beginning', when: always },
    run: (monitor) => stepTo(listOf(monitor) ? choose(monitor, 0) : moveBy(monitor, -everything)),
  },
  {
    ...{ name: 'bottom', keys: ['end', 'G'], group: 'Move', about: 'to the end', when: always },
    run: (monitor) => stepTo(listOf(monitor) ? choose(monitor, everything) : moveBy(monitor, everything)),
  },
];
