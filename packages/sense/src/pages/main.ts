import { silentMs } from '@piw/operator/silence';
import { type Colour, colours, dim, mix } from '../pixels/colour.ts';
import { draw, type Picture, side } from '../pixels/picture.ts';
import { breathing } from '../pixels/rhythm.ts';
import { type Figure, figuresOf } from '../state/figures.ts';
import { lookOf } from '../state/node-look.ts';
import { firstColumn, nodeRows, nodesOf } from '../state/nodes.ts';
import type { Sense } from '../state/sense.ts';

/** How high the bars are. */
const barRows = side - nodeRows;

const pulse = breathing(1000, 0);
const alarm = breathing(1000, 0.15);

/** The bars of what is selected, and a pixel a node below them. */
export function drawMain(sense: Sense): Picture {
  const bars = figuresOf(sense).map(inAlarm(sense));
  const nodes = nodesOf(sense);
  const first = firstColumn(nodes, sense.selected);
  const picture = draw((x, y) => {
    if (y < barRows) return barPixel(bars[x]!, y);
    const node = nodes[(first + x) * nodeRows + y - barRows];
    if (node === undefined) return colours.black;
    const { colour, rhythm } = lookOf(sense, node);
    const seen = dim(colour, rhythm(sense.nowMs));
    return node === sense.selected ? mix(seen, colours.white, 0.75 * pulse(sense.nowMs)) : seen;
  });
  return framed(picture, sense);
}

/** The first bar of a master that isn't heard is all red, and pulses. */
const inAlarm =
  ({ feed: { heardMs }, nowMs }: Sense) =>
  (figure: Figure, index: number): Figure => {
    if (index > 0 || (heardMs !== null && nowMs - heardMs <= silentMs)) return figure;
    return { ...figure, share: 1, colour: dim(colours.red, alarm(nowMs)) };
  };

/** A bar grows from below; its uppermost pixel is as bright as it is full. What is known is never wholly dark. */
function barPixel({ share, colour }: Figure, y: number): Colour {
  if (share === null) return colours.black;
  const fromBelow = barRows - 1 - y;
  const full = Math.min(1, Math.max(fromBelow === 0 ? 0.2 : 0, share * barRows - fromBelow));
  return full === 0 ? colours.black : dim(colour, full);
}

/** The frame is lit for a part of every few seconds as long as something needs attention. */
const call = { periodMs: 3000, litMs: 1000 };

function framed(picture: Picture, { feed: { board }, nowMs }: Sense): Picture {
  const atMs = nowMs % call.periodMs;
  if (!board || board.attention.size === 0 || atMs >= call.litMs) return picture;
  const share = 0.8 * Math.sin((Math.PI * atMs) / call.litMs);
  const isFrame = (at: number): boolean => at === 0 || at === side - 1;
  return picture.map((colour, i) =>
    isFrame(i % side) || isFrame(Math.floor(i / side)) ? mix(colour, colours.orange, share) : colour,
  );
}
