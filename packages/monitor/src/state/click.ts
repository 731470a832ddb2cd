import type { Mouse } from '@piw/operator/terminal/mouse';
import { type Step, stepTo } from '../commands/command.ts';
import { sortBy } from '../commands/list-commands.ts';
import { placeOf } from '../commands/view-commands.ts';
import { drawFrame } from '../frame/frame.ts';
import { goToView } from './go.ts';
import { listOf } from './list.ts';
import type { Monitor } from './monitor.ts';
import { choose, moveBy } from './move.ts';
import { press } from './press.ts';

const wheelLines = 3;

/** What a mouse does: the wheel moves, a click goes to a view, sorts by a column, chooses a row, or opens the chosen one. */
export function click(monitor: Monitor, { kind, x, y }: Mouse): Step {
  if (monitor.prompt !== null) return stepTo(monitor);
  if (kind !== 'down') return stepTo(moveBy(monitor, kind === 'wheel-up' ? -wheelLines : wheelLines));
  const zone = drawFrame(monitor).zones.find((one) => one.y === y && x >= one.from && x < one.to);
  switch (zone?.target.to) {
    case undefined:
      return stepTo(monitor);
    case 'view':
      return stepTo(goToView(monitor, placeOf(zone.target.view, monitor)));
    case 'sort':
      return stepTo(sortBy(monitor, zone.target.column));
    case 'attention':
      return press(monitor, '!');
    case 'row':
      return listOf(monitor)?.index === zone.target.index
        ? press(monitor, 'enter')
        : stepTo(choose(monitor, zone.target.index));
  }
}
