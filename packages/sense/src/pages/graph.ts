import { colours, dim } from '../pixels/colour.ts';
import { dark, draw, type Picture, side } from '../pixels/picture.ts';
import { blinking } from '../pixels/rhythm.ts';
import { courseKey } from '../state/course.ts';
import { figuresOf } from '../state/figures.ts';
import type { Page, Sense } from '../state/sense.ts';

const waiting = blinking(600);

/** The course of a figure, a step a column, the latest at the right; a pixel blinks until it is known. */
export function drawGraph(sense: Sense, page: Extract<Page, { readonly at: 'graph' }>): Picture {
  const figure = figuresOf(sense)[page.figure];
  const course = sense.courses[courseKey(sense, page)];
  if (!figure?.past) return dark;
  if (!course)
    return draw((x, y) => (x === 0 && y === side - 1 ? dim(colours.white, waiting(sense.nowMs)) : colours.black));
  const { shareOf } = figure.past;
  const heights = Array.from({ length: side }, (_, x) => {
    const value = course.figures[x - side + course.figures.length] ?? null;
    return value === null ? null : shareOf(value) * side;
  });
  const colour = figure.colour.every((channel) => channel === 0) ? colours.grey : figure.colour;
  return draw((x, y) => {
    const height = heights[x] ?? null;
    if (height === null) return y === side - 1 ? dim(colours.grey, 0.3) : colours.black;
    const full = Math.min(1, Math.max(y === side - 1 ? 0.2 : 0, height - (side - 1 - y)));
    return full === 0 ? colours.black : dim(colour, full);
  });
}
